using Course.TakeHome.Exercises;
using Course.TakeHome.Grading.Running;

namespace Course.TakeHome.Tests.Grading;

public sealed class CodePolicyTests
{
    public static TheoryData<string> Ids => [.. Exercise.All.Select(exercise => exercise.Id)];

    [Theory]
    [InlineData("typeof(Check).GetFields();", "Course.TakeHome.Contracts.Check")]
    [InlineData("GetType().GetMethods()[0].Invoke(this, null);", "System.Type.GetMethods")]
    [InlineData("Func<int> f = () => 1; _ = f.Method;", "System.Delegate.get_Method")]
    [InlineData("((Delegate)(Func<int>)(() => 1)).DynamicInvoke();", "System.Delegate.DynamicInvoke")]
    [InlineData("dynamic d = this; d.Anything();", "Microsoft.CSharp.RuntimeBinder.Binder")]
    [InlineData("Activator.CreateInstance(GetType());", "System.Activator")]
    [InlineData("AppDomain.CurrentDomain.GetAssemblies();", "System.AppDomain")]
    [InlineData("System.IO.File.ReadAllText(\"/etc/passwd\");", "System.IO.File")]
    [InlineData("System.Diagnostics.Process.Start(\"sh\");", "System.Diagnostics.Process")]
    [InlineData("new System.Net.Sockets.TcpClient(\"127.0.0.1\", 80);", "System.Net.Sockets.TcpClient")]
    [InlineData("new System.Net.Http.HttpClient();", "System.Net.Http.HttpClient")]
    [InlineData("Environment.Exit(0);", "System.Environment.Exit")]
    [InlineData("Environment.GetEnvironmentVariables();", "System.Environment.GetEnvironmentVariables")]
    [InlineData("Console.OpenStandardOutput();", "System.Console.OpenStandardOutput")]
    [InlineData("Console.SetOut(null!);", "System.Console.SetOut")]
    [InlineData("System.Runtime.InteropServices.Marshal.AllocHGlobal(1);", "System.Runtime.InteropServices.Marshal")]
    [InlineData("object o = this; System.Runtime.CompilerServices.Unsafe.As<string>(o).ToString();", "unmanaged memory (AnswerTo)")]
    [InlineData("int x = 1; System.Runtime.InteropServices.MemoryMarshal.CreateSpan(ref x, 99)[50] = 1;", "unmanaged memory (AnswerTo)")]
    [InlineData("System.Linq.Expressions.Expression.Constant(1);", "System.Linq.Expressions.Expression")]
    [InlineData("System.Runtime.Loader.AssemblyLoadContext.Default.ToString();", "System.Runtime.Loader.AssemblyLoadContext")]
    [InlineData("CheckSuite.Visible.ToString();", "Course.TakeHome.Contracts.CheckSuite")]
    [InlineData("CheckRunner.DefaultLimit.ToString();", "Course.TakeHome.Contracts.CheckRunner")]
    [InlineData("System.Buffers.ArrayPool<byte>.Shared.Rent(1);", "System.Buffers.ArrayPool`1")]
    public void Code_that_reaches_beyond_its_exercise_is_named_and_never_loaded(string statements, string objection) =>
        Assert.Contains(objection, CodePolicy.Objections(CompiledText.Bytes(CompiledText.Adapter(statements))));

    [Theory]
    [InlineData("[System.Runtime.InteropServices.DllImport(\"libc\")] static extern int getpid();", "native code (getpid)")]
    [InlineData("[System.Runtime.CompilerServices.UnsafeAccessor(System.Runtime.CompilerServices.UnsafeAccessorKind.Field, Name = \"calls\")] static extern ref object F(object o);", "System.Runtime.CompilerServices.UnsafeAccessorAttribute")]
    [InlineData("[System.Runtime.CompilerServices.ModuleInitializer] internal static void I() { }", "System.Runtime.CompilerServices.ModuleInitializerAttribute")]
    [InlineData("[System.Runtime.InteropServices.StructLayout(System.Runtime.InteropServices.LayoutKind.Explicit)] struct U { [System.Runtime.InteropServices.FieldOffset(0)] public object A; [System.Runtime.InteropServices.FieldOffset(0)] public string B; }", "explicit layout (U)")]
    public void So_is_a_declaration(string declaration, string objection) =>
        Assert.Contains(objection, CodePolicy.Objections(CompiledText.Bytes($"public class C {{ {declaration} }}")));

    [Theory]
    [MemberData(nameof(Ids))]
    public void A_right_answer_and_every_wrong_one_may_be_run(string id)
    {
        var exercise = Exercise.Named(id);
        foreach (var text in exercise.Bugs.Select(bug => bug.In(exercise.Reference)).Prepend(exercise.Reference).Append(exercise.Stub))
            Assert.Empty(CodePolicy.Objections(CompiledText.Bytes(exercise.Filled(text, 7))));
    }

    [Theory]
    [InlineData("List<int> l = [1, 2, 3]; IReadOnlyList<int> r = [.. l, 4]; _ = string.Concat(\"a\", exercise, \"b\", exercise, \"c\", exercise) + $\"{r.Count} {l[0]}\";")]
    [InlineData("int[] a = [1, 2, 3, 4, 5]; Span<int> s = stackalloc int[4]; s[0] = a[^1]; foreach (var x in a[1..3]) Console.WriteLine(x + s[0]);")]
    [InlineData("var d = new Dictionary<string, (int, double)> { [\"a\"] = (1, Math.Exp(2)) }; _ = d.OrderBy(p => p.Value.Item2).ToArray(); _ = typeof(Adapter).Name;")]
    [InlineData("Demand.That(Law.Distance(Law.Of(c => [c.Draw([0.5, 0.5])]), Law.Of(c => [c.Accept(0.5) ? 1 : 0])) < 1e-9, Environment.NewLine);")]
    public void Ordinary_code_may_be_run(string statements) => Assert.Empty(CodePolicy.Objections(CompiledText.Bytes(CompiledText.Adapter(statements))));
}
