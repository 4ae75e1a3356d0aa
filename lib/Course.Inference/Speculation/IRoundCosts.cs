namespace Course.Inference.Speculation;

/// <summary>What is known of what rounds cost, as far as choosing γ needs it.</summary>
public interface IRoundCosts
{
    /// <summary>What speculation should gain.</summary>
    /// <param name="acceptance">α.</param>
    /// <param name="rows">B: how many sequences share a round.</param>
    SpeedupLaw Law(double acceptance, int rows = 1);
}
