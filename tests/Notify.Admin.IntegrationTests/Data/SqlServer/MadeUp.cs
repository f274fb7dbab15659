using System.Collections;
using System.Linq.Expressions;
using System.Reflection;
using System.Runtime.CompilerServices;
using Notify.Admin.Data;

namespace Notify.Admin.IntegrationTests.Data.SqlServer;

/// <summary>Values of any type, so that methods can be called for the statements they send. What they mean does not matter.</summary>
internal sealed class MadeUp(IServiceProvider services, Func<NotifyDbContext> contexts, CancellationToken cancellationToken)
{
    private const int Deepest = 5;

    public object? Of(Type type, int depth = 0)
    {
        if (Nullable.GetUnderlyingType(type) is { } inner)
        {
            return Of(inner, depth);
        }

        if (type == typeof(CancellationToken))
        {
            return cancellationToken;
        }

        return type switch
        {
            _ when type == typeof(string) => "1",
            _ when type == typeof(DateTimeOffset) => DateTimeOffset.UnixEpoch.AddYears(50),
            _ when type == typeof(TimeSpan) => TimeSpan.FromMinutes(1),
            _ when type == typeof(DateTime) => DateTime.UnixEpoch,
            _ when type == typeof(object) => 1,
            { IsPrimitive: true } => Convert.ChangeType(1, type, System.Globalization.CultureInfo.InvariantCulture),
            { IsEnum: true } => type.GetEnumValues().Cast<object>().Last(),
            _ when typeof(NotifyDbContext).IsAssignableFrom(type) => contexts(),
            _ when depth > Deepest || type.IsByRef || type.IsPointer || typeof(Expression).IsAssignableFrom(type) => null,
            _ when typeof(Delegate).IsAssignableFrom(type) => Function(type, depth),
            { IsArray: true } => One(type.GetElementType()!, depth),
            { IsGenericType: true } when Collection(type, depth) is { } collection => collection,
            _ when services.GetService(type) is { } service => service,
            _ => Make(type, depth),
        };
    }

    private Array One(Type element, int depth)
    {
        var array = Array.CreateInstance(element, 1);
        array.SetValue(Of(element, depth + 1), 0);
        return array;
    }

    private object? Collection(Type type, int depth)
    {
        var arguments = type.GetGenericArguments();
        if (arguments.Length == 2 && typeof(IDictionary).IsAssignableFrom(typeof(Dictionary<,>).MakeGenericType(arguments))
            && type.IsAssignableFrom(typeof(Dictionary<,>).MakeGenericType(arguments)))
        {
            var dictionary = (IDictionary)Activator.CreateInstance(typeof(Dictionary<,>).MakeGenericType(arguments))!;
            dictionary[Of(arguments[0], depth + 1)!] = Of(arguments[1], depth + 1);
            return dictionary;
        }

        if (arguments.Length != 1)
        {
            return null;
        }

        var list = new[] { typeof(List<>), typeof(HashSet<>) }.Select(open => open.MakeGenericType(arguments))
            .FirstOrDefault(type.IsAssignableFrom);
        return list is null ? null : Activator.CreateInstance(list, One(arguments[0], depth));
    }

    // One that answers the same whatever it is given.
    private Delegate Function(Type type, int depth)
    {
        var invoke = type.GetMethod("Invoke")!;
        var parameters = invoke.GetParameters().Select(p => Expression.Parameter(p.ParameterType)).ToArray();
        var answer = invoke.ReturnType;
        Expression body = answer == typeof(void) ? Expression.Empty()
            : answer == typeof(Task) ? Expression.Constant(Task.CompletedTask)
            : answer is { IsGenericType: true } && answer.GetGenericTypeDefinition() == typeof(Task<>)
                ? Expression.Constant(typeof(Task).GetMethod(nameof(Task.FromResult))!.MakeGenericMethod(answer.GetGenericArguments())
                    .Invoke(null, [Of(answer.GetGenericArguments()[0], depth + 1)]), answer)
            : Expression.Constant(Of(answer, depth + 1), answer);
        return Expression.Lambda(type, body, parameters).Compile();
    }

    private object? Make(Type type, int depth)
    {
        if (type.IsInterface || type.IsAbstract)
        {
            var found = typeof(NotifyDbContext).Assembly.GetTypes().FirstOrDefault(other => type.IsAssignableFrom(other)
                && other is { IsAbstract: false, IsInterface: false, IsGenericType: false });
            return found is null ? null : Of(found, depth + 1);
        }

        const BindingFlags Any = BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic;
        // Not a record's own copy.
        var constructor = type.GetConstructors(Any).Where(c => c.GetParameters() is not [var only] || only.ParameterType != type)
            .OrderBy(c => c.IsPublic ? 0 : 1).ThenByDescending(c => c.GetParameters().Length).FirstOrDefault();
        object made;
        try
        {
            made = constructor is null ? RuntimeHelpers.GetUninitializedObject(type)
                : constructor.Invoke([.. constructor.GetParameters().Select(p => Of(p.ParameterType, depth + 1))]);
        }
        catch (TargetInvocationException)
        {
            made = RuntimeHelpers.GetUninitializedObject(type);
        }

        foreach (var property in type.GetProperties(Any).Where(p => p.CanWrite && p.GetIndexParameters().Length == 0))
        {
            try
            {
                property.SetValue(made, Of(property.PropertyType, depth + 1));
            }
            catch (Exception e) when (e is TargetInvocationException or ArgumentException)
            {
                // It takes no such value: it keeps its own.
            }
        }

        return made;
    }
}
