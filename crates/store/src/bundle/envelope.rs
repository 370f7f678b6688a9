//! The envelope around a manifest, by DSSE v1 (<https://github.com/secure-systems-lab/dsse>), with one signature and in one
//! form, so that whoever changes a byte of it is found out.

use base64ct::{Base64, Encoding as _};
use serde::{Deserialize, Serialize};

use super::fault::{BundleFault, Faults, shortened};
use super::keys::{KeyFault, KeyId, PublicKey, SecretKey};

/// What the payload is.
pub(super) const PAYLOAD_TYPE: &str = "application/vnd.wardround.bundle+json";

/// An envelope that could be read.
#[derive(Debug)]
pub(super) struct Envelope {
    payload_type: String,
    pub(super) payload: Vec<u8>,
    signatures: Vec<WrittenSignature>,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Written {
    #[serde(rename = "payloadType")]
    payload_type: String,
    payload: String,
    signatures: Vec<WrittenSignature>,
}

#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct WrittenSignature {
    keyid: String,
    sig: String,
}

/// The bytes that a signature is made over, which tell type and payload apart whatever they hold.
fn pre_authentication(payload_type: &str, payload: &[u8]) -> Vec<u8> {
    let mut bytes = format!(
        "DSSEv1 {} {payload_type} {} ",
        payload_type.len(),
        payload.len()
    )
    .into_bytes();
    bytes.extend_from_slice(payload);
    bytes
}

/// The bytes of an envelope around a payload.
pub(super) fn seal(payload: &[u8], key: &SecretKey) -> Result<Vec<u8>, KeyFault> {
    let signature = key.sign(&pre_authentication(PAYLOAD_TYPE, payload));
    let written = Written {
        payload_type: PAYLOAD_TYPE.to_owned(),
        payload: Base64::encode_string(payload),
        signatures: vec![WrittenSignature {
            keyid: key.public()?.id().to_string(),
            sig: Base64::encode_string(&signature),
        }],
    };
    Ok(serde_json::to_vec(&written).expect("text has JSON"))
}

impl Envelope {
    /// Reads an envelope and says what is wrong with its form; what its signature is worth is another question.
    pub(super) fn read(bytes: &[u8], faults: &mut Faults) -> Option<Self> {
        let malformed = |reason: String| BundleFault::EnvelopeMalformed { reason };
        let written: Written = match serde_json::from_slice(bytes) {
            Ok(written) => written,
            Err(error) => {
                faults.add(malformed(shortened(&error.to_string())));
                return None;
            }
        };
        if serde_json::to_vec(&written).ok().as_deref() != Some(bytes) {
            faults.add(malformed("it is not written in the one form".to_owned()));
        }
        if written.payload_type != PAYLOAD_TYPE {
            faults.add(BundleFault::PayloadType {
                found: shortened(&written.payload_type),
                wanted: PAYLOAD_TYPE,
            });
        }
        let Ok(payload) = Base64::decode_vec(&written.payload) else {
            faults.add(malformed("its payload is not Base64".to_owned()));
            return None;
        };
        Some(Self {
            payload_type: written.payload_type,
            payload,
            signatures: written.signatures,
        })
    }

    /// The trusted key that signed it; `None`, and why, if there is none.
    pub(super) fn signer(&self, trusted: &[PublicKey], faults: &mut Faults) -> Option<KeyId> {
        let [only] = self.signatures.as_slice() else {
            faults.add(match self.signatures.len() {
                0 => BundleFault::Unsigned,
                count => BundleFault::SeveralSignatures { count },
            });
            return None;
        };
        let keyid = shortened(&only.keyid);
        let named = |key: &&PublicKey| key.id().to_string() == only.keyid;
        let Some(key) = trusted.iter().find(named) else {
            faults.add(if trusted.is_empty() {
                BundleFault::NobodyTrusted { keyid }
            } else {
                BundleFault::UnknownKey { keyid }
            });
            return None;
        };
        let mut signature = [0; 64];
        let whole = Base64::decode(&only.sig, &mut signature).is_ok_and(|it| it.len() == 64);
        let message = pre_authentication(&self.payload_type, &self.payload);
        if whole && key.fits(&message, &signature) {
            Some(key.id())
        } else {
            faults.add(BundleFault::SignatureDoesNotFit { keyid });
            None
        }
    }
}
