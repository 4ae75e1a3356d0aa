namespace Course.Core;

/// <summary>Is told how a long computation goes on.</summary>
public interface IStages
{
    /// <param name="name">What is done from now on.</param>
    /// <param name="parts">In how many parts; 1 where there are none to count.</param>
    void Begin(string name, int parts = 1);

    /// <summary>So many parts of the stage are done.</summary>
    void Done(int parts);
}
