using System.Runtime.CompilerServices;
using Course.TakeHome.Contracts;

namespace Course.TakeHome.Runner.Protocol;

/// <summary>Numbers for models that are lent: the same model has the same number in every call.</summary>
internal sealed class ModelNames
{
    private readonly ConditionalWeakTable<ILanguageModel, object> names = [];
    private int next;

    public int Of(ILanguageModel model) => (int)names.GetValue(model, _ => next++);

    /// <summary>Whether its logits follow from the text alone. A table's do; of a model of somebody's own nobody knows.</summary>
    public static bool IsTable(ILanguageModel model) =>
        model is TableModel or WatchedModel && model.VocabularySize <= ModelMemory.LargestVocabulary;
}

/// <summary>
/// What the other side's tables have answered: asked again, they would answer the same, so the question is told and not waited for.
/// </summary>
internal sealed class ModelMemories
{
    private const int MostModels = 1000, MostNumbers = 16_000_000;

    private readonly Dictionary<int, ModelMemory> memories = [];

    /// <summary>
    /// The memory of a model. All of them together are bounded: the other side decides how many models it has, and how long its texts are.
    /// </summary>
    public ModelMemory Of(int model)
    {
        if (memories.Count > MostModels || Held > MostNumbers)
            memories.Clear();
        if (!memories.TryGetValue(model, out var memory))
            memories.Add(model, memory = new());
        return memory;
    }

    /// <summary>Numbers and characters.</summary>
    public long Held => memories.Values.Sum(memory => (long)memory.Held);
}

/// <summary>Logits by text; a character of the key is a token.</summary>
internal sealed class ModelMemory
{
    public const int LargestVocabulary = 4096;

    private const int MostNumbers = 1_000_000;

    private readonly Dictionary<string, float[]> logits = [];

    /// <summary>Numbers, and the characters of the texts that they follow.</summary>
    public int Held { get; private set; }

    /// <summary>A copy: who gets it may write into it.</summary>
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
