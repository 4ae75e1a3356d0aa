namespace Course.TakeHome.Contracts;

/// <summary>
/// Connects a candidate's classes with the checks. <c>Adapter.cs</c> in the candidate's folder implements it as a public class with a
/// public constructor without parameters.
/// </summary>
public interface IAdapter
{
    /// <summary>
    /// Creates an instance of the candidate's answer to an exercise. It implements the exercise's <see cref="CheckSuite.Contract"/>.
    /// </summary>
    /// <param name="exercise">The exercise's id, such as <c>rejection</c>.</param>
    /// <exception cref="NotImplementedException">There is no answer yet.</exception>
    object AnswerTo(string exercise);
}
