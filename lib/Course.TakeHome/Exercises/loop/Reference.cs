using System;
using System.Collections.Generic;
using System.Linq;
using Course.Core;
using Course.TakeHome.Contracts;

public sealed class SpeculativeDecoder : ISpeculativeDecoder
{
    public IReadOnlyList<int> Decode(
        ILanguageModel target, ILanguageModel draft, IReadOnlyList<int> prompt, DecodingRequest request, IRandomness randomness)
    {
        List<int> text = [.. prompt];
        ICache held = target.CreateCache(), drafting = draft.CreateCache();
        while (Left(text, prompt, request) is int left && left > 0)
        {
            // The target adds a token of its own, so draft tokens beyond this could not be emitted.
            int gamma = Math.Min(request.DraftLength, left - 1);
            var (guesses, laws) = Guess(draft, drafting, text, gamma, request, randomness);
            var logits = target.Forward([.. text.Skip(held.Length), .. guesses], held);
            double[][] p = [.. logits.TakeLast(gamma + 1).Select(row => request.Distribution(row))];
            List<int> emitted = Verify(guesses, laws, p, randomness);
            if (request.StopToken is int stop && emitted.IndexOf(stop) is int at && at >= 0)
                emitted = emitted[..(at + 1)];
            text.AddRange(emitted);
            Trim(held, text);
            Trim(drafting, text);
        }
        return text[prompt.Count..];
    }

    private static int Left(List<int> text, IReadOnlyList<int> prompt, DecodingRequest request) =>
        text.Count > prompt.Count && text[^1] == request.StopToken ? 0 : request.MaxTokens - (text.Count - prompt.Count);

    private static (List<int> Guesses, List<double[]> Laws) Guess(
        ILanguageModel draft, ICache cache, List<int> text, int gamma, DecodingRequest request, IRandomness randomness)
    {
        List<int> guesses = [];
        List<double[]> laws = [];
        for (int i = 0; i < gamma; i++)
        {
            int[] unseen = [.. text.Concat(guesses).Skip(cache.Length)];
            double[] q = request.Distribution(draft.Forward(unseen, cache)[^1]);
            laws.Add(q);
            guesses.Add(randomness.Draw(q));
        }
        return (guesses, laws);
    }

    private static List<int> Verify(List<int> guesses, List<double[]> laws, double[][] p, IRandomness randomness)
    {
        List<int> emitted = [];
        for (int i = 0; i < guesses.Count; i++)
        {
            int x = guesses[i];
            if (!randomness.Accept(Math.Min(1, p[i][x] / laws[i][x])))
                return [.. emitted, randomness.Draw(LeftOver(p[i], laws[i]))];
            emitted.Add(x);
        }
        return [.. emitted, randomness.Draw(p[guesses.Count])];
    }

    private static double[] LeftOver(double[] p, double[] q)
    {
        double[] left = [.. p.Zip(q, (a, b) => Math.Max(0, a - b))];
        double sum = left.Sum();
        return sum > 0 ? [.. left.Select(w => w / sum)] : p;
    }

    // The cache keeps all of the text but its last token, which is the first input of the next call.
    private static void Trim(ICache cache, List<int> text) => cache.Rewind(Math.Max(0, cache.Length - (text.Count - 1)));
}
