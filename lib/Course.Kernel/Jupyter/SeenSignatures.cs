using System.Text;

namespace Course.Kernel.Jupyter;

/// <summary>
/// The signatures of messages received, the last 65,536 of them, as jupyter_client keeps them: a message that is sent again was
/// recorded by somebody, since each has an id and a date of its own. Unsigned messages tell nothing.
/// </summary>
internal sealed class SeenSignatures
{
    private const int Most = 65536;

    private readonly HashSet<string> known = [];
    private readonly Queue<string> order = [];

    /// <returns>Whether it is new.</returns>
    public bool Add(byte[] signature)
    {
        if (signature.Length == 0)
            return true;
        var text = Encoding.Latin1.GetString(signature);
        if (!known.Add(text))
            return false;
        order.Enqueue(text);
        if (order.Count > Most)
            known.Remove(order.Dequeue());
        return true;
    }
}
