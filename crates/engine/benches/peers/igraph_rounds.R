# Outbreaks by igraph's sir; asked and answering as examples/contact_rounds.rs. It starts from one host that it draws and
# not from ten, so it may die out at once; outbreaks of fewer than a tenth of all hosts are drawn again, outside the count.
# Rates 3 and 1 are 0.3 and 0.1 on a slower clock; with the latter its prefix sums drift and it aborts.
suppressMessages(library(igraph))
set.seed(1)
path <- commandArgs(trailingOnly = TRUE)[1]
words <- readBin(path, "integer", n = file.size(path) / 4, size = 4, endian = "little")
graph <- make_graph(words[-(1:2)] + 1, n = words[1], directed = FALSE)
asked <- file("stdin", open = "r")
while (length(line <- readLines(asked, n = 1)) > 0) {
  seconds <- 0
  sizes <- c()
  while (length(sizes) < as.integer(line)) {
    start <- proc.time()
    outbreak <- sir(graph, beta = 3, gamma = 1, no.sim = 1)[[1]]
    took <- proc.time() - start
    last <- length(outbreak$NS)
    size <- words[1] - outbreak$NS[last]
    if (size * 10 >= words[1]) {
      seconds <- seconds + took[["user.self"]] + took[["sys.self"]]
      sizes <- c(sizes, size)
    }
  }
  cat(format(seconds * 1e9, scientific = FALSE), sizes, "\n")
  flush(stdout())
}
