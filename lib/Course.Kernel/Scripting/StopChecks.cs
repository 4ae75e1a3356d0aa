using System.Runtime.CompilerServices;
using Course.Kernel.Cells;
using Mono.Cecil;
using Mono.Cecil.Cil;
using Mono.Cecil.Rocks;

namespace Course.Kernel.Scripting;

/// <summary>
/// Makes a compiled cell stoppable by inserting <c>if (Requested) CellStop.Throw();</c>, one compare of a static field, before each
/// backward jump and at the start of methods. .NET has no other safe way to stop code that does not cooperate: aborting a thread
/// (<c>ControlledExecution</c>) crashes the process on Linux as soon as the loop calls a method. Methods that call others also probe
/// the stack, so endless recursion throws an exception. Named methods without loops and calls are left unchanged: they end by
/// themselves, and the JIT inlines them.
/// </summary>
internal static class StopChecks
{
    public const string ClassName = "<Stop>";
    public const string FieldName = "Requested";

    public static (MemoryStream Image, MemoryStream Symbols) Insert(Stream image, Stream symbols, IAssemblyResolver resolver)
    {
        var reading = new ReaderParameters
        {
            ReadSymbols = true,
            SymbolStream = symbols,
            SymbolReaderProvider = new PortablePdbReaderProvider(),
            AssemblyResolver = resolver
        };
        using var assembly = AssemblyDefinition.ReadAssembly(image, reading);
        Instrument(assembly.MainModule);
        var (newImage, newSymbols) = (new MemoryStream(), new MemoryStream());
        assembly.Write(
            newImage,
            new WriterParameters
            {
                WriteSymbols = true,
                SymbolStream = newSymbols,
                SymbolWriterProvider = new PortablePdbWriterProvider()
            });
        newImage.Position = newSymbols.Position = 0;
        return (newImage, newSymbols);
    }

    private static void Instrument(ModuleDefinition module)
    {
        var methods = module.GetTypes().SelectMany(t => t.Methods).Where(m => m.HasBody && !m.IsConstructor && m.Name != "Finalize")
            .ToArray();
        var flag = new FieldDefinition(FieldName, FieldAttributes.Public | FieldAttributes.Static, module.TypeSystem.Boolean);
        var stop = new TypeDefinition(
            "", ClassName, TypeAttributes.Public | TypeAttributes.Abstract | TypeAttributes.Sealed, module.TypeSystem.Object);
        stop.Fields.Add(flag);
        module.Types.Add(stop);
        var thrower = module.ImportReference(typeof(CellStop).GetMethod(nameof(CellStop.Throw)));
        var probe = module.ImportReference(typeof(RuntimeHelpers).GetMethod(nameof(RuntimeHelpers.EnsureSufficientExecutionStack)));
        foreach (var method in methods)
            Instrument(method, flag, thrower, probe);
    }

    private static void Instrument(MethodDefinition method, FieldReference flag, MethodReference thrower, MethodReference probe)
    {
        var body = method.Body;
        body.SimplifyMacros();
        var first = body.Instructions[0];
        var calls = body.Instructions.Any(i => i.OpCode.FlowControl == FlowControl.Call);
        foreach (var jump in body.Instructions.Where(JumpsBack).ToList())
            CheckAtJump(body.GetILProcessor(), jump, flag, thrower);
        if (!IsAsyncStep(method))
        {
            // Inserted before the first instruction, and so outside a try block that may begin with it.
            Instruction[] entry =
            [
                .. calls ? [Instruction.Create(OpCodes.Call, probe)] : Array.Empty<Instruction>(),
                .. calls || IsLambda(method) ? Check(flag, thrower, first) : [],
            ];
            foreach (var instruction in entry)
                body.GetILProcessor().InsertBefore(first, instruction);
        }
        body.OptimizeMacros();
    }

    /// <summary>
    /// The evaluation stack must be empty at a check. Otherwise the JIT cannot replace a running loop by optimised code, and the loop stays
    /// ten times slower. So a conditional backward jump is redirected to a check after it.
    /// </summary>
    private static void CheckAtJump(ILProcessor il, Instruction jump, FieldReference flag, MethodReference thrower)
    {
        if (jump.OpCode.FlowControl == FlowControl.Cond_Branch && jump.Operand is Instruction target)
        {
            var back = Instruction.Create(OpCodes.Br, target);
            InsertAfter(il, jump, Instruction.Create(OpCodes.Br, jump.Next), back);
            jump.Operand = back;
            jump = back;
        }
        // The check reuses the instruction object of the jump, so jumps to this jump run the check too.
        var moved = Instruction.Create(OpCodes.Nop);
        (moved.OpCode, moved.Operand) = (jump.OpCode, jump.Operand);
        var check = Check(flag, thrower, moved);
        (jump.OpCode, jump.Operand) = (check[0].OpCode, check[0].Operand);
        InsertAfter(il, jump, [.. check[1..], moved]);
    }

    private static Instruction[] Check(FieldReference flag, MethodReference thrower, Instruction next) =>
    [
        Instruction.Create(OpCodes.Volatile), Instruction.Create(OpCodes.Ldsfld, flag), Instruction.Create(OpCodes.Brfalse, next),
        Instruction.Create(OpCodes.Call, thrower),
    ];

    private static void InsertAfter(ILProcessor il, Instruction place, params ReadOnlySpan<Instruction> instructions)
    {
        for (var i = instructions.Length - 1; i >= 0; i--)
            il.InsertAfter(place, instructions[i]);
    }

    private static bool JumpsBack(Instruction i) => i.Operand switch
    {
        Instruction target => target.Offset <= i.Offset,
        Instruction[] targets => targets.Any(t => t.Offset <= i.Offset),
        _ => false,
    };

    /// <summary>
    /// Whether the method is a lambda, by its compiler-generated name. A library may call a lambda endlessly without a loop in the cell.
    /// </summary>
    private static bool IsLambda(MethodDefinition method) => method.Name.StartsWith('<');

    /// <summary>
    /// Whether the method is a step of an async method. Its first instruction is outside the try block that passes exceptions to the task.
    /// </summary>
    private static bool IsAsyncStep(MethodDefinition method) =>
        method.Name == "MoveNext" && method.DeclaringType.Interfaces.Any(i => i.InterfaceType.Name == "IAsyncStateMachine");
}
