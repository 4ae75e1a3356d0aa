using System;
using System.Collections.Generic;
using System.Linq;
using Course.Core;
using Course.TakeHome.Contracts;

public sealed class RejectionSampling : IRejectionSampling
{
    private const double Temperature = {{temperature}};
    private const double Parameter = {{parameter}};

    public double[] Distribution(IReadOnlyList<float> logits)
    {
        var full = Softmax.Of(logits, Temperature);
        int[] order = [.. Enumerable.Range(0, full.Length).OrderByDescending(x => full[x])];
        int kept = Kept([.. order.Select(x => full[x])]);
        double[] cut = new double[full.Length];
        foreach (int x in order.Take(kept))
            cut[x] = full[x];
        return Normalized(cut);
    }

    public Settled Settle(IReadOnlyList<double> target, IReadOnlyList<double> draft, int guess, IRandomness randomness)
    {
        if (randomness.Accept(Math.Min(1, target[guess] / draft[guess])))
            return new(guess, true);
        return new(randomness.Draw(LeftOver(target, draft)), false);
    }

    private static double[] LeftOver(IReadOnlyList<double> p, IReadOnlyList<double> q)
    {
        double[] left = [.. p.Zip(q, (a, b) => Math.Max(0, a - b))];
        return left.Sum() > 0 ? Normalized(left) : [.. p];
    }

    private static double[] Normalized(double[] weights)
    {
        double sum = weights.Sum();
        return [.. weights.Select(w => w / sum)];
    }

    private static int Kept(double[] descending)
    {
        if ("{{truncation}}" == "top-k")
            return (int)Parameter;
        if ("{{truncation}}" == "min-p")
            return descending.Count(share => share >= Parameter * descending[0]);
        int kept = 1;
        while (descending.Take(kept).Sum() < Parameter)
            kept++;
        return kept;
    }
}
