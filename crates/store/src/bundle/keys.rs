//! Keys as files: PKCS#8 (RFC 5958) and SPKI (RFC 8410) in PEM, which OpenSSL reads and makes as well.

use std::fmt;

use ed25519_dalek::pkcs8::spki::der::pem::LineEnding;
use ed25519_dalek::pkcs8::{
    DecodePrivateKey as _, DecodePublicKey as _, EncodePrivateKey as _, EncodePublicKey as _,
    KeypairBytes,
};
use ed25519_dalek::{Signature, Signer as _, SigningKey, VerifyingKey};
use wardround_evidence::Digest;

/// What a key is called: SHA-256 of the public key as SPKI in DER.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct KeyId(Digest);

impl fmt::Display for KeyId {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(formatter)
    }
}

/// What may be wrong with a key.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum KeyFault {
    /// It is no private key of this kind.
    #[error("it is no private ed25519 key in PEM (PKCS#8)")]
    NoSecretKey,
    /// It is no public key of this kind.
    #[error("it is no public ed25519 key in PEM (SPKI)")]
    NoPublicKey,
    /// It is a private key where a public one is wanted.
    #[error(
        "it is a private key, which proves nothing and belongs to whoever signs; the public key is wanted"
    )]
    SecretForPublic,
    /// It is one of the few keys for which anybody can sign.
    #[error("it is a weak key: signatures that fit it can be made by anyone")]
    Weak,
    /// The system gave no random bytes.
    #[error("the system gives no random bytes")]
    NoEntropy,
}

/// A key that signs.
pub struct SecretKey(SigningKey);

/// A key by which signatures are checked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PublicKey {
    key: VerifyingKey,
    id: KeyId,
}

impl SecretKey {
    /// A new key from the system's random bytes.
    ///
    /// # Errors
    /// When the system has none to give.
    pub fn generate() -> Result<Self, KeyFault> {
        let mut seed = [0; 32];
        getrandom::fill(&mut seed).map_err(|_| KeyFault::NoEntropy)?;
        Ok(Self(SigningKey::from_bytes(&seed)))
    }

    /// Reads a private key.
    ///
    /// # Errors
    /// When it is none.
    pub fn from_pem(text: &str) -> Result<Self, KeyFault> {
        let key = SigningKey::from_pkcs8_pem(text).map_err(|_| KeyFault::NoSecretKey)?;
        Ok(Self(key))
    }

    /// The text of its file, for its owner's eyes only.
    ///
    /// # Errors
    /// Never for a key that was made or read here.
    pub fn to_pem(&self) -> Result<impl AsRef<[u8]> + use<>, KeyFault> {
        // Without the public key beside it: not every reader of PKCS#8 takes the newer form.
        let bytes = KeypairBytes {
            secret_key: self.0.to_bytes(),
            public_key: None,
        };
        let text = bytes.to_pkcs8_pem(LineEnding::LF);
        text.map(Pem).map_err(|_| KeyFault::NoSecretKey)
    }

    /// The key by which its signatures are checked.
    ///
    /// # Errors
    /// Never for a key that was made or read here.
    pub fn public(&self) -> Result<PublicKey, KeyFault> {
        PublicKey::new(self.0.verifying_key())
    }

    pub(super) fn sign(&self, message: &[u8]) -> [u8; 64] {
        self.0.sign(message).to_bytes()
    }
}

/// Text that is wiped from memory when it goes.
struct Pem<T>(T);

impl<T: AsRef<str>> AsRef<[u8]> for Pem<T> {
    fn as_ref(&self) -> &[u8] {
        self.0.as_ref().as_bytes()
    }
}

impl fmt::Debug for SecretKey {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("SecretKey")
    }
}

impl PublicKey {
    fn new(key: VerifyingKey) -> Result<Self, KeyFault> {
        if key.is_weak() {
            return Err(KeyFault::Weak);
        }
        let der = key.to_public_key_der().map_err(|_| KeyFault::NoPublicKey)?;
        let id = KeyId(Digest::of(der.as_bytes()));
        Ok(Self { key, id })
    }

    /// Reads a public key.
    ///
    /// # Errors
    /// When it is none, or a weak one.
    pub fn from_pem(text: &str) -> Result<Self, KeyFault> {
        match VerifyingKey::from_public_key_pem(text) {
            Ok(key) => Self::new(key),
            Err(_) if text.contains("PRIVATE KEY") => Err(KeyFault::SecretForPublic),
            Err(_) => Err(KeyFault::NoPublicKey),
        }
    }

    /// The text of its file.
    ///
    /// # Errors
    /// Never for a key that was made or read here.
    pub fn to_pem(&self) -> Result<String, KeyFault> {
        let text = self.key.to_public_key_pem(LineEnding::LF);
        text.map_err(|_| KeyFault::NoPublicKey)
    }

    /// What it is called.
    #[must_use]
    pub const fn id(&self) -> KeyId {
        self.id
    }

    /// Whether a signature is one of this key under a message, by the strict rules, under which a signature has one form.
    pub(super) fn fits(&self, message: &[u8], signature: &[u8; 64]) -> bool {
        let signature = Signature::from_bytes(signature);
        self.key.verify_strict(message, &signature).is_ok()
    }
}
