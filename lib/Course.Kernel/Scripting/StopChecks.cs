using Course.Kernel.Cells;
using Mono.Cecil;
using Mono.Cecil.Cil;
using Mono.Cecil.Rocks;

namespace Course.Kernel.Scripting;

/// <summary>
/// Makes a compiled cell stoppable: at the start of each method and before each jump back stands
/// <c>if (Requested) CellStop.Throw();</c>, one compare of a static field. .NET has no other safe way to stop code that
/// never asks: aborting a thread (<c>ControlledExecution</c>) brings the process down on Linux as soon as the
/// loop calls anything.
/// </summary>
internal static class StopChecks
{
    public const string ClassName = "<Stop>";
    public const string FieldName = "Requested";

    public static (MemoryStream Image, MemoryStream Symbols) Insert(Stream image, Stream symbols, IAssemblyResolver resolver)
    {
        var reading = new ReaderParameters { ReadSymbols = true, SymbolStream = symbols, SymbolReaderProvider = new PortablePdbReaderProvider(), AssemblyResolver = resolver };
        using var assembly = AssemblyDefinition.ReadAssembly(image, reading);
        Insert(assembly.MainModule);
        var (newImage, newSymbols) = (new MemoryStream(), new MemoryStream());
        assembly.Write(newImage, new WriterParameters { WriteSymbols = true, SymbolStream = newSymbols, SymbolWriterProvider = new PortablePdbWriterProvider() });
        newImage.Position = newSymbols.Position = 0;
        return (newImage, newSymbols);
    }

    private static void Insert(ModuleDefinition module)
    {
        var methods = module.GetTypes().SelectMany(t => t.Methods).Where(m => m.HasBody && !m.IsConstructor && m.Name != "Finalize").ToArray();
        var flag = new FieldDefinition(FieldName, FieldAttributes.Public | FieldAttributes.Static, module.TypeSystem.Boolean);
        var stop = new TypeDefinition("", ClassName, TypeAttributes.Public | TypeAttributes.Abstract | TypeAttributes.Sealed, module.TypeSystem.Object);
        stop.Fields.Add(flag);
        module.Types.Add(stop);
        var thrower = module.ImportReference(typeof(CellStop).GetMethod(nameof(CellStop.Throw)));
        foreach (var method in methods)
            Insert(method, flag, thrower);
    }

    private static void Insert(MethodDefinition method, FieldReference flag, MethodReference thrower)
    {
        var body = method.Body;
        body.SimplifyMacros();
        var places = body.Instructions.Where(JumpsBack).ToList();
        if (!IsAsyncStep(method))
            places.Add(body.Instructions[0]);
        foreach (var place in places)
            Insert(body, place, flag, thrower);
        body.OptimizeMacros();
    }

    /// <summary>The check takes over the place of the instruction, so that jumps to it meet the check as well.</summary>
    private static void Insert(MethodBody body, Instruction place, FieldReference flag, MethodReference thrower)
    {
        var il = body.GetILProcessor();
        var moved = Instruction.Create(OpCodes.Nop);
        (moved.OpCode, moved.Operand) = (place.OpCode, place.Operand);
        var check = new[] { Instruction.Create(OpCodes.Ldsfld, flag), Instruction.Create(OpCodes.Brfalse, moved), Instruction.Create(OpCodes.Call, thrower), moved };
        (place.OpCode, place.Operand) = (OpCodes.Volatile, null);
        foreach (var instruction in check.Reverse())
            il.InsertAfter(place, instruction);
    }

    private static bool JumpsBack(Instruction i) => i.Operand switch
    {
        Instruction target => target.Offset <= i.Offset,
        Instruction[] targets => targets.Any(t => t.Offset <= i.Offset),
        _ => false,
    };

    /// <summary>At its very start an async method's step stands outside the try that hands exceptions to its task.</summary>
    private static bool IsAsyncStep(MethodDefinition method) =>
        method.Name == "MoveNext" && method.DeclaringType.Interfaces.Any(i => i.InterfaceType.Name == "IAsyncStateMachine");
}
