//! The command line.

fn main() -> std::process::ExitCode {
    wardround::commands::main()
}
