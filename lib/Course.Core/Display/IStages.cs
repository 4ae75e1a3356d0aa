namespace Course.Core;

/// <summary>Receives the progress of a long computation, which runs in stages.</summary>
public interface IStages
{
    /// <summary>A new stage begins.</summary>
    /// <param name="name">The name of the stage.</param>
    /// <param name="parts">The number of parts in the stage; 1 if it has no parts to count.</param>
    void Begin(string name, int parts = 1);

    /// <summary>Reports the number of parts of the current stage that are done so far.</summary>
    void Done(int parts);
}
