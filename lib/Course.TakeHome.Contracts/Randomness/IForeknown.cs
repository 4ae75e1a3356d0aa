namespace Course.TakeHome.Contracts;

/// <summary>
/// Chance whose next answers can be known in advance, as the uniform numbers that they are made of. Then it may be asked in another process
/// without a message for each question: what the answer to a question is, both sides work out.
/// </summary>
internal interface IForeknown
{
    /// <summary>The uniform numbers, from 0 to 1, behind the next answers; fewer where an answer cannot be told like this.</summary>
    double[] Foretell(int most);
}
