using System.Security.Cryptography;
using System.Text;

namespace Course.Kernel.Jupyter;

/// <summary>
/// Signs messages by HMAC-SHA256 over header, parent header, metadata and content, in lower-case hex. With an empty key messages are not
/// signed.
/// </summary>
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

    /// <summary>Compares in constant time, so timing does not reveal how much of a signature is right.</summary>
    public bool Verify(byte[] signature, IEnumerable<byte[]> parts) =>
        secret.Length == 0 || CryptographicOperations.FixedTimeEquals(signature, Sign(parts));
}
