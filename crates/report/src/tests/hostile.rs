//! Whatever a machine calls itself is text in every output.

use wardround_evidence::Audience;

use super::page::skeleton;
use crate::testing::{disclosure, example, plant};
use crate::{Document, render_html, render_json, summary};

const HOSTILE: [&str; 8] = [
    "<script>alert(1)</script>",
    "</script></style></title><img src=x onerror=alert(1)>",
    "\" onmouseover=\"alert(1)\" style=\"color:red",
    "' autofocus onfocus='alert(1)",
    "=cmd|'/c calc'!A0",
    "\u{1b}]0;owned\u{7}\u{1b}[31mred\r\n\u{9b}1m",
    "abc\u{202e}fdp.exe\u{2066}\u{200b}\u{feff}",
    "&lt;b&gt; <!-- ]]> {{7*7}} ${7*7} \u{0}",
];

const AUDIENCES: [Audience; 3] = [Audience::Team, Audience::Board, Audience::Share];

fn documents(mut check: impl FnMut(&Document, &str)) {
    for hostile in HOSTILE {
        let mut review = example();
        plant(&mut review, hostile);
        for audience in AUDIENCES {
            check(&Document::new(&review, &disclosure(audience)), hostile);
        }
    }
}

#[test]
fn no_markup_comes_through() {
    for audience in AUDIENCES {
        let mut review = example();
        plant(&mut review, "plain");
        let plain = render_html(&Document::new(&review, &disclosure(audience)));
        for hostile in HOSTILE {
            plant(&mut review, hostile);
            let page = render_html(&Document::new(&review, &disclosure(audience)));
            assert!(
                skeleton(&page) == skeleton(&plain),
                "{hostile:?} changes the page's elements or attributes"
            );
        }
    }
}

#[test]
fn controls_are_escaped_everywhere() {
    documents(|document, hostile| {
        for output in [
            render_html(document),
            render_json(document),
            summary(document, 80),
        ] {
            let hidden = output
                .chars()
                .filter(|character| *character != '\n')
                .find(|character| wardround_evidence::visible(&character.to_string()).len() > 4);
            assert_eq!(hidden, None, "from {hostile:?}");
        }
    });
}

#[test]
fn hostile_text_is_still_there_to_read() {
    let mut review = example();
    plant(&mut review, HOSTILE[0]);
    let document = Document::new(&review, &disclosure(Audience::Team));
    assert!(render_html(&document).contains("&lt;script&gt;alert(1)&lt;/script&gt;"));
    assert!(summary(&document, 80).contains(HOSTILE[0]));
    let json: serde_json::Value = serde_json::from_str(&render_json(&document)).unwrap();
    assert_eq!(json["samples"][0]["machine"]["name"], HOSTILE[0]);
}
