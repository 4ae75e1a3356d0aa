using System.Text;

namespace Course.Kernel.Jupyter;

/// <summary>
/// Remembers the signatures of the last 65,536 messages, as jupyter_client does, to detect replayed messages: every message has an id and a
/// date, so a repeated signature means that a recorded message was sent again. Unsigned messages cannot be checked.
/// </summary>
internal sealed class SeenSignatures
{
    private const int Maximum = 65536;

    private readonly HashSet<string> known = [];
    private readonly Queue<string> order = [];

    /// <summary>Remembers a signature.</summary>
    /// <returns>Whether the signature is new.</returns>
    public bool Add(byte[] signature)
    {
        if (signature.Length == 0)
            return true;
        var text = Encoding.Latin1.GetString(signature);
        if (!known.Add(text))
            return false;
        order.Enqueue(text);
        if (order.Count > Maximum)
            known.Remove(order.Dequeue());
        return true;
    }
}
