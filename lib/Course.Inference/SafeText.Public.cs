namespace Course.Inference;

public static partial class SafeText;
