using Course.Inference.Modeling;

namespace Course.Inference.Quantization.Quality;

/// <summary>Measures what a change to a model's weights does to its predictions, on text and never by eye.</summary>
public static class QualityMeter
{
    /// <param name="reference">The unquantised model.</param>
    /// <param name="candidates">Models on its vocabulary, with their names.</param>
    /// <param name="windows">Pieces of T + 1 tokens, all of one length, as <see cref="Measurement.TextWindows"/> cuts them; neither trained nor calibrated on.</param>
    /// <param name="measured">Is told after each window how many are done.</param>
    /// <param name="cancel">Stops between two windows.</param>
    /// <returns>The reference itself first, then the candidates in their order.</returns>
    /// <exception cref="CourseException">A candidate has another vocabulary, or the windows are none or of several lengths.</exception>
    public static IReadOnlyList<ModelQuality> Compare(
        ILanguageModel reference, IReadOnlyList<(string Name, ILanguageModel Model)> candidates, IReadOnlyList<int[]> windows,
        Action<int>? measured = null, CancellationToken cancel = default)
    {
        foreach (var (name, model) in candidates)
            if (model.VocabularySize != reference.VocabularySize)
                throw new CourseException($"{name} has {model.VocabularySize} tokens and the reference {reference.VocabularySize}: only models of one vocabulary can be compared.");
        if (windows.Count == 0 || windows.Any(window => window.Length != windows[0].Length || window.Length < 2))
            throw new CourseException("A comparison needs windows of at least two tokens, all of one length.");
        (string Name, ILanguageModel Model)[] all = [("reference", reference), .. candidates];
        var losses = all.Select(_ => new WindowLoss[windows.Count]).ToArray();
        for (var i = 0; i < windows.Count; i++)
        {
            cancel.ThrowIfCancellationRequested();
            var batch = TokenBatch.Of(windows[i].AsSpan(..^1));
            var p = reference.Forward(batch);
            for (var m = 0; m < all.Length; m++)
                losses[m][i] = WindowLoss.Of(p, m == 0 ? p : all[m].Model.Forward(batch), windows[i]);
            measured?.Invoke(i + 1);
        }

        return [.. all.Zip(losses, (model, own) => Summarise(model.Name, own, losses[0], windows))];
    }

    private static ModelQuality Summarise(string name, WindowLoss[] own, WindowLoss[] reference, IReadOnlyList<int[]> windows) => new(
        name,
        Estimate.Of([.. own.Select(window => window.Nats)]),
        Estimate.Of([.. own.Zip(reference, (window, paired) => window.Nats - paired.Nats)]),
        Estimate.Of([.. own.Select(window => window.Divergence)]),
        own.Average(window => window.SameChoice),
        windows.Count,
        windows.Count * (windows[0].Length - 1L));
}
