namespace Course.Inference.Measurement;

/// <summary>Cuts a text into pieces that a model is judged on, each by itself.</summary>
public static class TextWindows
{
    /// <summary>
    /// Each piece is T inputs and, shifted by one, T targets; its first tokens have little before them, which costs every model alike.
    /// </summary>
    /// <param name="tokens">The text, a separator before each document.</param>
    /// <param name="window">T.</param>
    /// <param name="most">At most so many, spread evenly over the text.</param>
    /// <returns>Pieces of T + 1 tokens.</returns>
    /// <exception cref="CourseException">The text is shorter than one piece.</exception>
    public static IReadOnlyList<int[]> Of(ReadOnlySpan<int> tokens, int window, int most = int.MaxValue)
    {
        var available = (tokens.Length - 1) / window;
        var count = Math.Min(most, available);
        if (count < 1)
            throw new CourseException(
                $"The text has {tokens.Length} tokens, and one window is {window} and the token after them. Give " +
                "more text or ask for a shorter window.");
        var windows = new int[count][];
        for (var i = 0; i < count; i++)
            windows[i] = tokens.Slice((int)((long)i * available / count) * window, window + 1).ToArray();
        return windows;
    }
}
