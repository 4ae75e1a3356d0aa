using System.Runtime.CompilerServices;
using Course.TakeHome.Contracts;

namespace Course.TakeHome.Runner.Protocol;

/// <summary>Numbers the models that are lent: the same model has the same number in every call.</summary>
internal sealed class ModelNames
{
    private readonly ConditionalWeakTable<ILanguageModel, object> names = [];
    private int next;

    public int Of(ILanguageModel model) => (int)names.GetValue(model, _ => next++);

    /// <summary>Whether the logits depend on the text alone. Those of a table do; about other models nothing is known.</summary>
    public static bool IsTable(ILanguageModel model) =>
        model is TableModel or WatchedModel && model.VocabularySize <= ModelMemory.LargestVocabulary;
}

/// <summary>
/// Remembers the logits of the other side's tables. Asked again they return the same, so such a use is reported
/// without waiting for a reply.
/// </summary>
internal sealed class ModelMemories
{
    private const int MostModels = 1000, MostNumbers = 16_000_000;

    private readonly Dictionary<int, ModelMemory> memories = [];

    /// <summary>
    /// The memory of a model. All memories together are bounded, because the other side decides how many models and
    /// how long texts there are.
    /// </summary>
    public ModelMemory Of(int model)
    {
        if (memories.Count > MostModels || Held > MostNumbers)
            memories.Clear();
        if (!memories.TryGetValue(model, out var memory))
            memories.Add(model, memory = new());
        return memory;
    }

    /// <summary>The size of all memories together, in numbers and characters.</summary>
    public long Held => memories.Values.Sum(memory => (long)memory.Held);
}

/// <summary>The logits of one model after each text. A character of the key is a token.</summary>
internal sealed class ModelMemory
{
    public const int LargestVocabulary = 4096;

    private const int MostNumbers = 1_000_000;

    private readonly Dictionary<string, float[]> logits = [];

    /// <summary>The size of this memory: its logits and the characters of its texts.</summary>
    public int Held { get; private set; }

    /// <summary>[V]: a copy of the logits after a text, into which the caller may write; null if they are not known.</summary>
    public float[]? After(string text) => logits.TryGetValue(text, out var row) ? (float[])row.Clone() : null;

    public void Keep(string text, float[] row)
    {
        var more = text.Length + row.Length;
        if ((Held += more) > MostNumbers)
        {
            logits.Clear();
            Held = more;
        }
        logits[text] = (float[])row.Clone();
    }
}
