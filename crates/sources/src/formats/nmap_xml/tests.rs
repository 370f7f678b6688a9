//! Samples beside what comes of them.

use std::io::BufReader;

use proptest::collection::vec;
use proptest::prelude::{ProptestConfig, prop_oneof, proptest};

use super::walk::read_by;
use crate::formats::testing::check;
use crate::xml::{Way, walk_in_windows};
use crate::{Limits, Sink};

#[test]
fn a_finished_scan_tells_ports_scripts_and_systems() {
    check("nmap_xml/ordinary.xml");
}

#[test]
fn an_old_scan_is_read_from_the_text_of_its_scripts() {
    check("nmap_xml/old_text_only.xml");
}

#[test]
fn what_stands_before_the_declaration_is_passed_over() {
    check("nmap_xml/comment_first.xml");
}

#[test]
fn a_truncated_scan_keeps_its_whole_hosts() {
    check("nmap_xml/truncated.xml");
}

#[test]
fn a_scan_without_closing_statistics_is_cut() {
    check("nmap_xml/unfinished.xml");
}

#[test]
fn hosts_before_tags_that_do_not_nest_are_kept() {
    check("nmap_xml/tags_do_not_nest.xml");
}

#[test]
fn a_file_that_defines_entities_is_refused_whole() {
    check("nmap_xml/hostile_subset.xml");
}

#[test]
fn what_a_machine_says_of_itself_stays_text() {
    check("nmap_xml/hostile_names.xml");
}

#[test]
fn unlisted_ports_are_told_where_nmap_names_them() {
    check("nmap_xml/unlisted_ports.xml");
}

/// What stands in a host, right and wrong, again and again.
const PIECES: [&str; 38] = [
    r#"<port protocol="tcp" portid="445"><state state="open" reason="syn-ack"/><service name="a"><cpe>b</cpe></service></port>"#,
    r#"<port protocol="tcp" portid="445"><state state="open" reason="syn-ack"/></port>"#,
    r#"<port protocol="tcp" portid="445"><state state="closed" reason="reset"/></port>"#,
    r#"<port protocol="tcp" portid="445"><state state="filtered"/></port>"#,
    r#"<port protocol="tcp" portid="445"><state state="unfiltered"/></port>"#,
    r#"<port protocol="tcp" portid="445"><state state="ajar"/></port>"#,
    r#"<port protocol="tcp" portid="445"><state state="open"/><state state="closed"/></port>"#,
    r#"<port protocol="tcp" portid="445"><state state="open"/><hostname name="ct-3"/></port>"#,
    r#"<port protocol="tcp" portid="445"><address addr="10.0.0.9"/><state state="open"/></port>"#,
    r#"<port protocol="tcp" portid="445"><state state="open"/><cpe>&amp;</cpe></port>"#,
    r#"<port protocol="tcp" portid="445"><state state="open"/><cpe>&nbsp;</cpe></port>"#,
    r#"<port protocol="tcp" portid="445"><state state="open" reason="&nbsp;"/></port>"#,
    r#"<port protocol="tcp" portid="445"><state state='open'/><!-- a --></port>"#,
    r#"<port protocol="tcp" portid="445"><osmatch name="Windows in a port" accuracy="70"/></port>"#,
    r#"<port protocol="tcp" portid="445"><port protocol="udp" portid="137"><state state="open"/></port></port>"#,
    r#"<port protocol="tcp" portid="445"><port protocol="udp" portid="137"/><state state="open"/></port>"#,
    r#"<port protocol="tcp" portid="445"><state state="open"/><script id="smb-vuln-ms17-010" output="State: VULNERABLE"/></port>"#,
    r#"<port protocol="tcp" portid="445"><state state="open"/><script id="unknown-to-us" output="State: VULNERABLE"/></port>"#,
    r#"<port protocol="tcp" portid="445"><a><b><c/></b></a><state state="open"/></port>"#,
    r#"<port protocol="udp" portid="65536"><state state="open"/></port>"#,
    r#"<port protocol="sctp" portid="1"/>"#,
    r#"<port protocol="tcp" portid="445">"#,
    "</port>",
    r#"<state state="open" reason="syn-ack"/>"#,
    r#"<osmatch name="Microsoft Windows 7 SP1" accuracy="97" line="1"><osclass type="general purpose"/></osmatch>"#,
    r#"<osmatch name="Microsoft Windows 10 1903" accuracy="98" line="2"></osmatch>"#,
    r#"<osmatch accuracy="98" name="Microsoft &#x57;indows &lt;10&gt;" line="3"></osmatch>"#,
    r#"<osmatch accuracy="98" nothing="that names a system"></osmatch>"#,
    r#"<script id="smb-vuln-ms17-010" output="a"><table key="b"><elem key="state">VULNERABLE</elem></table></script>"#,
    r#"<script id="smb-vuln-ms17-010" output="a"><table key="b"><elem key="state">NOT &#86;ULNERABLE</elem></table></script>"#,
    r#"<script id="smb-vuln-ms17-010" output="a"><table key="&b;"><elem key="state">VULNERABLE</elem></table></script>"#,
    r#"<script id="smb-vuln-ms17-010" output="a"><port protocol="tcp" portid="1"><state state="open"/></port></script>"#,
    r#"<script id="smb-os-discovery" output="a"><elem key="os">Windows 7 Professional 7601 Service Pack 1</elem><elem key="server">CT-2\x00</elem></script>"#,
    r#"<script id="smb-os-discovery" output="OS: Unix (Samba)&#xa;Computer name: nas">"#,
    "</script>",
    r#"<hostnames><hostname name="xray-07.northmere.example" type="PTR"/></hostnames>"#,
    r#"<os><portused state="open" proto="tcp" portid="135"/></os>"#,
    "\n",
];

/// All that comes of a scan.
fn told(scan: &str, way: Way, limits: Limits) -> String {
    let mut sink = Sink::new(limits);
    let mut input = BufReader::with_capacity(way.at_once, scan.as_bytes());
    let result = read_by(
        |place| walk_in_windows(&mut input, limits, way, place),
        &mut sink,
    );
    let rest = (&sink.skipped, &sink.notes, &sink.extent, sink.counts());
    // Names hide themselves from whoever merely looks.
    let team = wardround_evidence::Disclosure::team();
    let subjects = sink.statements.iter().flat_map(|it| &it.subject);
    let subjects: Vec<String> = subjects.map(|it| it.show(&team)).collect();
    format!("{result:?} {subjects:?} {:#?} {rest:#?}", sink.statements)
}

proptest! {
    // Some of what must not be remembered is met by one scan in four hundred only.
    #![proptest_config(ProptestConfig { cases: ProptestConfig::default().cases.max(2_048), ..ProptestConfig::default() })]
    #[test]
    fn elements_that_come_again_say_what_they_would_say_alone(
        hosts in vec((vec(prop_oneof![4 => 0..4usize, 4 => 0..PIECES.len()], 0..12), 0..4usize), 0..8),
        cut in 0..6_000usize,
        at_once in 1..6_000usize,
        depth in 3..9usize,
    ) {
        let mut scan = "<nmaprun start=\"1715677200\">".to_owned();
        for (pieces, elements) in hosts {
            scan += "<host>\n<status state=\"up\"/><address addr=\"10.20.4.1\" addrtype=\"ipv4\"/>";
            scan += &"<ports>".repeat(elements);
            scan.extend(pieces.into_iter().map(|at| PIECES[at]));
            scan += &"</ports>".repeat(elements);
            scan += "</host>\n";
        }
        scan += "</nmaprun>";
        let end = (0..=cut.min(scan.len())).rev().find(|end| scan.is_char_boundary(*end));
        let cuts = [&scan[..], &scan[..end.unwrap_or_default()]];
        for scan in cuts {
            for limits in [Limits::DEFAULT, Limits { depth, record_bytes: 150, ..Limits::DEFAULT }] {
                let [ours, parsed] = [true, false].map(|plain| told(scan, Way { at_once, plain }, limits));
                assert_eq!(ours, parsed);
            }
        }
    }
}
