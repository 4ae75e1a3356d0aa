namespace Course.TakeHome.Contracts;

/// <summary>
/// Looks at what a decoder asks of chance between two calls of a model, where a law is wrong already: for the reason, never for a
/// verdict.
/// </summary>
internal sealed class RoundsWatch(Variation variation)
{
    private const int Texts = 20;

    /// <summary>What is wrong with a round; null where nothing of that kind shows.</summary>
    public string? Sees(ISpeculativeDecoder answer, int gamma)
    {
        for (var text = 0; text < Texts; text++)
        {
            var pair = ModelPair.Unrelated(3, variation, "rounds");
            var chance = new Listener(new(text));
            WatchedModel Watched(TableModel model) => new(model) { Before = _ => chance.DrawsAfterRejection = null };
            try
            {
                answer.Decode(Watched(pair.Target), Watched(pair.Draft), [1], new(gamma, 12, logits => Softmax.Of(logits)), chance);
            }
            catch (Exception e) when (e is not OutOfMemoryException) // the check that follows says what a run ends with
            {
            }
            if (chance.DrewTwice)
                return "After a rejection two tokens are drawn before a model is asked again: the replacement ends a round, "
                    + "for the target's row behind a rejected guess answers a text that is not there.";
        }
        return null;
    }

    private sealed class Listener(SeededRandomness random) : IRandomness
    {
        /// <summary>Null where no guess was rejected since a model was asked.</summary>
        public int? DrawsAfterRejection { get; set; }

        public bool DrewTwice { get; private set; }

        public bool Accept(double probability)
        {
            var accepted = random.Accept(probability);
            DrawsAfterRejection = accepted ? null : 0; // whoever asks again is still looking for the replacement
            return accepted;
        }

        public int Draw(IReadOnlyList<double> probabilities)
        {
            DrewTwice |= ++DrawsAfterRejection >= 2;
            return random.Draw(probabilities);
        }
    }
}
