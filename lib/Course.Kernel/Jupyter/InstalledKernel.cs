namespace Course.Kernel.Jupyter;

/// <summary>What an installation found and did.</summary>
/// <param name="Folder">Where the kernelspecs are.</param>
/// <param name="Foreign">Whether another program's kernelspec had the notebooks' name.</param>
/// <param name="Taken">Whether that name now means this kernel.</param>
public readonly record struct InstalledKernel(string Folder, bool Foreign, bool Taken);
