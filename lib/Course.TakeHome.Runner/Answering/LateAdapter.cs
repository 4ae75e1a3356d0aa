using System.Reflection;
using System.Runtime.Loader;
using Course.TakeHome.Contracts;

namespace Course.TakeHome.Runner.Answering;

/// <summary>Loads the candidate's code when the first answer is asked for: what its initialisers and constructors do is timed and told like the rest.</summary>
internal sealed class LateAdapter(string path) : IAdapter
{
    public object AnswerTo(string exercise)
    {
        var adapter = AssemblyLoadContext.Default.LoadFromAssemblyPath(path).GetTypes().SingleOrDefault(type => type.IsAssignableTo(typeof(IAdapter)) && !type.IsAbstract)
            ?? throw new CheckFailedException("There is no one class that implements IAdapter. See Adapter.cs.");
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
