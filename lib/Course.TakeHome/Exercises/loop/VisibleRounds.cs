namespace Course.TakeHome.Contracts;

/// <summary>
/// Watches which random draws a decoder makes between two calls of a model. It runs only after a distribution was found wrong, to name the
/// reason; it never decides a verdict.
/// </summary>
internal sealed class RoundsWatch(Variation variation)
{
    private const int Texts = 20;

    /// <summary>What is wrong with a round, in a sentence; null if this class of mistake does not show.</summary>
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
            catch (Exception e) when (e is not OutOfMemoryException) // the check itself reports how a run ends
            {
            }
            if (chance.DrewTwice)
                return "After a rejection two tokens are drawn before a model is called again: the replacement must end the round, "
                    + "because the target's logits after a rejected token belong to a text that was not emitted.";
        }
        return null;
    }

    private sealed class Listener(SeededRandomness random) : IRandomness
    {
        /// <summary>Draws since the last rejection; null if no draft token was rejected since a model was last called.</summary>
        public int? DrawsAfterRejection { get; set; }

        public bool DrewTwice { get; private set; }

        public bool Accept(double probability)
        {
            var accepted = random.Accept(probability);
            DrawsAfterRejection = accepted ? null : 0; // another Accept is still part of choosing the replacement
            return accepted;
        }

        public int Draw(IReadOnlyList<double> probabilities)
        {
            DrewTwice |= ++DrawsAfterRejection >= 2;
            return random.Draw(probabilities);
        }
    }
}
