namespace Course.Inference.Kernels;

/// <summary>
/// A number that the compiler knows, so that code for more rows or tokens than this is left out of a loop instead of
/// being skipped at run time.
/// </summary>
internal interface IKnownCount
{
    static abstract int Value { get; }
}

internal readonly struct N1 : IKnownCount { public static int Value => 1; }

internal readonly struct N2 : IKnownCount { public static int Value => 2; }

internal readonly struct N3 : IKnownCount { public static int Value => 3; }

internal readonly struct N4 : IKnownCount { public static int Value => 4; }

internal readonly struct N5 : IKnownCount { public static int Value => 5; }

internal readonly struct N6 : IKnownCount { public static int Value => 6; }

internal readonly struct N7 : IKnownCount { public static int Value => 7; }

internal readonly struct N8 : IKnownCount { public static int Value => 8; }
