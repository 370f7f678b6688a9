//! Text stands out from its ground by 4.5 to 1, light, dark and printed (WCAG 2.2, success criterion 1.4.3).

use std::collections::BTreeMap;

use crate::theme::STYLE;

/// The colour variables of each `:root` block: light, dark, print.
fn palettes() -> Vec<BTreeMap<&'static str, [f64; 3]>> {
    STYLE
        .split(":root {")
        .skip(1)
        .map(|block| {
            let block = block.split('}').next().unwrap();
            block
                .split(';')
                .filter_map(|line| line.trim().split_once(": #"))
                .map(|(name, hexadecimal)| (name, colour(hexadecimal)))
                .collect()
        })
        .collect()
}

fn colour(hexadecimal: &str) -> [f64; 3] {
    [0, 2, 4].map(|at| {
        let channel = u8::from_str_radix(&hexadecimal[at..at + 2], 16).unwrap();
        f64::from(channel) / 255.0
    })
}

/// Relative luminance as WCAG defines it.
fn luminance(colour: [f64; 3]) -> f64 {
    let [red, green, blue] = colour.map(|channel| {
        if channel <= 0.040_45 {
            channel / 12.92
        } else {
            ((channel + 0.055) / 1.055).powf(2.4)
        }
    });
    0.2126 * red + 0.7152 * green + 0.0722 * blue
}

fn contrast(one: [f64; 3], other: [f64; 3]) -> f64 {
    let (one, other) = (luminance(one), luminance(other));
    (one.max(other) + 0.05) / (one.min(other) + 0.05)
}

#[test]
fn every_text_colour_can_be_read_on_every_ground() {
    let palettes = palettes();
    assert_eq!(palettes.len(), 3);
    for palette in &palettes {
        for ground in ["--paper", "--shade"] {
            for text in ["--ink", "--quiet", "--link", "--holds", "--fails"] {
                let ratio = contrast(palette[text], palette[ground]);
                assert!(ratio >= 4.5, "{text} on {ground}: {ratio:.2}");
            }
        }
        // Shapes need 3 to 1 (success criterion 1.4.11).
        for shape in ["--holds", "--fails", "--unknown"] {
            assert!(
                contrast(palette[shape], palette["--paper"]) >= 3.0,
                "{shape}"
            );
        }
    }
}
