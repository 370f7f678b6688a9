//! Bundles made by hand from what `docs/bundles.md` says, so that the format has a second witness.

use base64ct::{Base64, Encoding};
use ed25519_dalek::pkcs8::spki::der::pem::LineEnding;
use ed25519_dalek::pkcs8::{EncodePrivateKey, EncodePublicKey};
use ed25519_dalek::{Signer, SigningKey};
use wardround_evidence::Digest;
use wardround_store::{PublicKey, SecretKey};

pub(super) const ENVELOPE: &str = "envelope.dsse.json";
pub(super) const PAYLOAD_TYPE: &str = "application/vnd.wardround.bundle+json";

/// A key made of one byte.
pub(super) fn key(seed: u8) -> SigningKey {
    SigningKey::from_bytes(&[seed; 32])
}

pub(super) fn secret(key: &SigningKey) -> SecretKey {
    SecretKey::from_pem(&key.to_pkcs8_pem(LineEnding::LF).unwrap()).unwrap()
}

pub(super) fn public(key: &SigningKey) -> PublicKey {
    let pem = key
        .verifying_key()
        .to_public_key_pem(LineEnding::LF)
        .unwrap();
    PublicKey::from_pem(&pem).unwrap()
}

/// SHA-256 of the twelve bytes that begin every ed25519 key in DER (RFC 8410) and of the key.
pub(super) fn keyid(key: &SigningKey) -> String {
    let mut der = vec![0x30, 0x2a, 0x30, 5, 6, 3, 0x2b, 0x65, 0x70, 3, 0x21, 0];
    der.extend_from_slice(key.verifying_key().as_bytes());
    Digest::of(&der).to_string()
}

/// A member.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Part {
    pub(super) header: [u8; 512],
    pub(super) name: String,
    pub(super) bytes: Vec<u8>,
}

impl Part {
    pub(super) fn new(name: &str, bytes: &[u8]) -> Self {
        let mut header = [0; 512];
        let mut put = |at: usize, text: &[u8]| header[at..at + text.len()].copy_from_slice(text);
        put(0, name.as_bytes());
        put(100, b"0000600\0");
        put(108, b"0000000\0");
        put(116, b"0000000\0");
        put(124, format!("{:011o}\0", bytes.len()).as_bytes());
        put(136, b"00000000000\0");
        put(156, b"0");
        put(257, b"ustar\x0000");
        let mut part = Self {
            header,
            name: name.to_owned(),
            bytes: bytes.to_vec(),
        };
        part.sum();
        part
    }

    /// Makes the header's sum right again.
    pub(super) fn sum(&mut self) {
        self.header[148..156].fill(b' ');
        let sum: u32 = self.header.iter().map(|byte| u32::from(*byte)).sum();
        self.header[148..156].copy_from_slice(format!("{sum:07o}\0").as_bytes());
    }

    fn put(&self, into: &mut Vec<u8>) {
        into.extend_from_slice(&self.header);
        into.extend_from_slice(&self.bytes);
        into.resize(into.len().next_multiple_of(512), 0);
    }
}

/// All parts as a file.
pub(super) fn file(parts: &[Part]) -> Vec<u8> {
    let mut bytes = Vec::new();
    parts.iter().for_each(|part| part.put(&mut bytes));
    bytes.resize(bytes.len() + 1024, 0);
    bytes
}

/// The parts of a sound file.
pub(super) fn parts(file: &[u8]) -> Vec<Part> {
    let mut parts = Vec::new();
    let mut at = 0;
    while file[at] != 0 {
        let text = |from: usize, to: usize| {
            let text = std::str::from_utf8(&file[at + from..at + to]).unwrap();
            text.trim_end_matches('\0').to_owned()
        };
        let length = usize::from_str_radix(&text(124, 135), 8).unwrap();
        let name = text(0, 100);
        let start = at + 512;
        parts.push(Part {
            header: file[at..start].try_into().unwrap(),
            name,
            bytes: file[start..start + length].to_vec(),
        });
        at = (start + length).next_multiple_of(512);
    }
    parts
}

/// A line of a manifest: name, length, digest.
pub(super) type Line = (String, usize, String);

/// What a manifest says.
#[derive(Clone, Debug)]
pub(super) struct Says {
    pub(super) kind: String,
    pub(super) created: String,
    pub(super) lines: Vec<Line>,
}

impl Says {
    pub(super) fn new(kind: &str, created: &str, members: &[Part]) -> Self {
        let line = |part: &Part| {
            let digest = Digest::of(&part.bytes).to_string();
            (part.name.clone(), part.bytes.len(), digest)
        };
        Self {
            kind: kind.to_owned(),
            created: created.to_owned(),
            lines: members.iter().map(line).collect(),
        }
    }

    pub(super) fn digest(&self) -> String {
        let mut text = String::new();
        for (name, length, digest) in &self.lines {
            text.push_str(&format!("{digest}  {length}  {name}\n"));
        }
        Digest::of(text.as_bytes()).to_string()
    }

    pub(super) fn json(&self) -> String {
        self.json_with(&self.digest())
    }

    pub(super) fn json_with(&self, digest: &str) -> String {
        let lines: Vec<String> = self
            .lines
            .iter()
            .map(|(name, length, digest)| {
                format!(r#"{{"name":"{name}","length":{length},"sha256":"{digest}"}}"#)
            })
            .collect();
        format!(
            r#"{{"schema":"wardround-bundle/1","kind":"{}","created":"{}","digest":"{digest}","members":[{}]}}"#,
            self.kind,
            self.created,
            lines.join(",")
        )
    }
}

/// A signature by a key under a payload, in Base64.
pub(super) fn signature(key: &SigningKey, payload_type: &str, payload: &str) -> String {
    let message = format!(
        "DSSEv1 {} {payload_type} {} {payload}",
        payload_type.len(),
        payload.len()
    );
    Base64::encode_string(&key.sign(message.as_bytes()).to_bytes())
}

/// An envelope with these signatures, each with its key's name.
pub(super) fn envelope(payload_type: &str, payload: &str, signatures: &[(String, String)]) -> Part {
    let signatures: Vec<String> = signatures
        .iter()
        .map(|(keyid, sig)| format!(r#"{{"keyid":"{keyid}","sig":"{sig}"}}"#))
        .collect();
    let text = format!(
        r#"{{"payloadType":"{payload_type}","payload":"{}","signatures":[{}]}}"#,
        Base64::encode_string(payload.as_bytes()),
        signatures.join(",")
    );
    Part::new(ENVELOPE, text.as_bytes())
}

/// The envelope around a payload that a key seals.
pub(super) fn sealed(key: &SigningKey, payload: &str) -> Part {
    let sig = signature(key, PAYLOAD_TYPE, payload);
    envelope(PAYLOAD_TYPE, payload, &[(keyid(key), sig)])
}
