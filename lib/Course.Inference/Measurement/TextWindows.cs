namespace Course.Inference.Measurement;

/// <summary>Cuts a text into windows on which a model is evaluated, each on its own.</summary>
public static class TextWindows
{
    /// <summary>
    /// Each window holds T inputs and, shifted by one, T targets. Its first tokens have little context, which costs every model alike.
    /// </summary>
    /// <param name="tokens">The text's tokens, with a separator before each document.</param>
    /// <param name="window">T.</param>
    /// <param name="most">The maximum number of windows. They are spread evenly over the text.</param>
    /// <returns>Windows of T + 1 tokens.</returns>
    /// <exception cref="CourseException">The text is shorter than one window.</exception>
    public static IReadOnlyList<int[]> Of(ReadOnlySpan<int> tokens, int window, int most = int.MaxValue)
    {
        var available = (tokens.Length - 1) / window;
        var count = Math.Min(most, available);
        if (count < 1)
            throw new CourseException(
                $"The text has {tokens.Length} tokens, but one window takes {window} and the token after them. " +
                "Give more text or ask for a shorter window.");
        var windows = new int[count][];
        for (var i = 0; i < count; i++)
            windows[i] = tokens.Slice((int)((long)i * available / count) * window, window + 1).ToArray();
        return windows;
    }
}
