namespace Course.Charts;

/// <summary>The symbol at each point of a line.</summary>
public enum Symbol
{
    None,
    Circle,
    Square,
    Diamond,
    Triangle,
}
