using System.Security.Cryptography;
using System.Text;

namespace Course.Kernel.Jupyter;

/// <summary>HMAC-SHA256 over header, parent header, metadata and content, in lower-case hex. An empty key signs nothing.</summary>
internal sealed class MessageSigner(string key)
{
    private readonly byte[] secret = Encoding.UTF8.GetBytes(key);

    public byte[] Sign(IEnumerable<byte[]> parts)
    {
        if (secret.Length == 0)
            return [];
        using var hmac = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, secret);
        foreach (var part in parts)
            hmac.AppendData(part);
        return Encoding.ASCII.GetBytes(Convert.ToHexStringLower(hmac.GetHashAndReset()));
    }

    /// <summary>In a time that does not tell how much of the signature was right.</summary>
    public bool Verify(byte[] signature, IEnumerable<byte[]> parts) =>
        secret.Length == 0 || CryptographicOperations.FixedTimeEquals(signature, Sign(parts));
}
