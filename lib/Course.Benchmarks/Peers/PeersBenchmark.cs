using Course.Benchmarks.Decoding;
using Course.Inference.Kernels;
using Course.Inference.Measurement;
using static System.FormattableString;
using static TorchSharp.torch;

namespace Course.Benchmarks.Peers;

/// <summary>
/// `course bench peers`: this library and llama.cpp on the same weights, in turn, round after round. A round's figure is the median of its samples.
/// For several tokens at once ours computes the logits of all of them, llama.cpp's those of the last: ours does more.
/// </summary>
public static class PeersBenchmark
{
    private static readonly int[] Tokens = [1, 2, 5, 8];

    /// <param name="peer">llama.cpp.</param>
    /// <param name="model">What both of them time.</param>
    /// <param name="folder">For the model as the peer reads it: hundreds of megabytes in each format, one at a time.</param>
    /// <param name="cached">S: how many tokens come before a step.</param>
    /// <param name="rounds">How often the two take turns.</param>
    /// <param name="samples">In each round.</param>
    /// <param name="progress">Is told which format begins.</param>
    public static BenchReport Run(LlamaCppPeer peer, BenchModel model, string folder, int cached, int rounds, int samples, TextWriter progress)
    {
        List<Timing> timings = [];
        List<string> findings = [];
        foreach (var format in BenchFormat.All)
        {
            progress.WriteLine($"{format.Name} against {format.Peer} …");
            var file = Path.Combine(folder, $"{format.Peer}.gguf");
            model.Export(format, file);
            using var steps = new DecodeSteps(model, format, cached);
            var seconds = Tokens.ToDictionary(T => T, _ => (Ours: new List<double>(), Theirs: new List<double>()));
            for (var round = 0; round < rounds; round++)
                Round(peer, file, steps, cached, samples, seconds);
            File.Delete(file);
            foreach (var T in Tokens)
            {
                var comparison = new Comparison(
                    new(Invariant($"{format.Name} M={T}"), new(seconds[T].Ours)),
                    new(Invariant($"llama.cpp {format.Peer} M={T}"), new(seconds[T].Theirs)));
                timings.AddRange([comparison.A, comparison.B]);
                findings.Add(
                    Invariant($"{format.Name} M={T}: {comparison.Ratio:0.00}× as fast as llama.cpp {format.Peer} ") +
                    Invariant($"({comparison.Verdict}; {rounds} rounds)"));
            }
        }

        return new("peers", timings, findings);
    }

    private static void Round(LlamaCppPeer peer, string file, DecodeSteps steps, int cached, int samples, Dictionary<int, (List<double> Ours, List<double> Theirs)> seconds)
    {
        var meter = new LatencyMeter(CPU, new() { WarmUps = 3, SampleCount = samples });
        foreach (var T in Tokens)
            seconds[T].Ours.Add(meter.Time($"M={T}", () => steps.OneRow(T)).Median);
        var theirs = peer.Bench(ThreadCount.Current(), samples, cached, file);
        foreach (var T in Tokens)
            seconds[T].Theirs.Add(theirs[T]);
    }
}
