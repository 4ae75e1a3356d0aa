using System.Numerics;
using Course.TakeHome.Contracts;

namespace Course.TakeHome.Grading.Running;

/// <summary>A table with the timing of a model: every call reads all weights once, however many tokens it brings.</summary>
internal sealed class WeighedModel(TableModel model, int weights) : ILanguageModel
{
    private readonly float[] memory = new float[weights];

    /// <summary>The sum of the weights that were read. Without a visible result the compiler could remove the reads.</summary>
    public float Sum { get; private set; }

    public int Calls { get; private set; }

    public int VocabularySize => model.VocabularySize;

    public ICache CreateCache() => model.CreateCache();

    public IReadOnlyList<float[]> Forward(IReadOnlyList<int> tokens, ICache cache)
    {
        Calls++;
        var sum = Vector<float>.Zero;
        for (var i = 0; i + Vector<float>.Count <= memory.Length; i += Vector<float>.Count)
            sum += new Vector<float>(memory, i);
        Sum = Vector.Sum(sum);
        return model.Forward(tokens, cache);
    }
}
