using System.Reflection;
using System.Text.RegularExpressions;
using Course.TakeHome.Contracts;
using Course.TakeHome.Exercises;

namespace Course.TakeHome.Tests.Exercises;

/// <summary>A card shows every type that an answer uses, so that nobody has to search an assembly for it.</summary>
public sealed class CardTypesTests
{
    private const BindingFlags Declared = BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly;

    public static TheoryData<string> Ids => [.. Exercise.All.Select(exercise => exercise.Id)];

    [Theory]
    [MemberData(nameof(Ids))]
    public void A_card_shows_the_contract_and_every_type_that_can_be_reached_from_it(string id)
    {
        var code = string.Join(
            '\n',
            Regex.Matches(Exercise.Named(id).Card.Text, "```csharp\n(.*?)```", RegexOptions.Singleline)
                .Select(match => match.Groups[1].Value));
        HashSet<Type> reached = [];
        Reach(Exercise.Named(id).Visible.Contract, reached);
        Assert.NotEmpty(reached);
        foreach (var type in reached)
            Assert.All(Names(type),
                name => Assert.True(Regex.IsMatch(code, $@"\b{name}\b"), $"{id}: the card does not show {type.Name}'s {name}."));
    }

    private static void Reach(Type type, HashSet<Type> reached)
    {
        foreach (var argument in type.GetGenericArguments())
            Reach(argument, reached);
        if (type.Assembly != typeof(IAdapter).Assembly || !reached.Add(type))
            return;
        foreach (var member in type.GetMethods(Declared).Where(method => !method.IsSpecialName && IsOwn(method)))
            foreach (var other in member.GetParameters().Select(parameter => parameter.ParameterType).Append(member.ReturnType))
                Reach(other, reached);
        foreach (var property in type.GetProperties(Declared).Where(property => property.PropertyType != typeof(Type)))
            Reach(property.PropertyType, reached);
    }

    private static IEnumerable<string> Names(Type type) =>
    [
        type.Name, .. type.GetMethods(Declared).Where(method => !method.IsSpecialName && IsOwn(method)).Select(method => method.Name),
        .. type.GetProperties(Declared).Where(property => property.GetIndexParameters().Length == 0 && property.GetMethod!.IsPublic)
            .Select(property => property.Name),
    ];

    // Leaves out members that the compiler generates for records, and the drawing of a chart.
    private static bool IsOwn(MethodInfo method) =>
        method.Name is not ("Equals" or "GetHashCode" or "ToString" or "Deconstruct" or "<Clone>$" or nameof(LineChart.ToSvg))
            && method.GetCustomAttribute<System.Runtime.CompilerServices.CompilerGeneratedAttribute>() is null;
}
