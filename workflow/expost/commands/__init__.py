"""The library at a prompt: `expost fit`, `expost sample`, `expost compare`."""
