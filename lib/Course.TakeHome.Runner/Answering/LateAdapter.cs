using System.Reflection;
using System.Runtime.Loader;
using Course.TakeHome.Contracts;

namespace Course.TakeHome.Runner.Answering;

/// <summary>
/// Loads the candidate's code when the first answer is needed, so that its initialisers and constructors are timed and reported like the
/// rest.
/// </summary>
internal sealed class LateAdapter(string path) : IAdapter
{
    public object AnswerTo(string exercise)
    {
        Type[] adapters =
        [
            .. AssemblyLoadContext.Default.LoadFromAssemblyPath(path).GetTypes()
                .Where(type => type.IsAssignableTo(typeof(IAdapter)) && !type.IsAbstract),
        ];
        if (adapters is not [var adapter])
            throw new CheckFailedException(adapters.Length == 0
                ? "There is no class that implements IAdapter. See Adapter.cs."
                : $"There are {adapters.Length} classes that implement IAdapter; exactly one is expected: "
                    + $"{string.Join(", ", adapters.Select(type => type.FullName))}. Keep only the one in Adapter.cs.");
        try
        {
            return ((IAdapter)Activator.CreateInstance(adapter)!).AnswerTo(exercise);
        }
        catch (TargetInvocationException e) when (e.InnerException is not null)
        {
            throw e.InnerException;
        }
    }
}
