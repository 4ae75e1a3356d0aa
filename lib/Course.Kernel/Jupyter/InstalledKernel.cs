namespace Course.Kernel.Jupyter;

/// <summary>The result of an installation.</summary>
/// <param name="Folder">The folder of the kernelspecs.</param>
/// <param name="Foreign">Whether a kernelspec of another program had the name that the notebooks use.</param>
/// <param name="Taken">Whether that name now refers to this kernel.</param>
public readonly record struct InstalledKernel(string Folder, bool Foreign, bool Taken);
