using System.Reflection;
using Microsoft.Data.SqlClient;

namespace Notify.Admin.Testing;

/// <summary>Exceptions as SQL Server's client throws them, which has no public way to make one.</summary>
public static class SqlServerFailure
{
    public static SqlException Of(int number)
    {
        const BindingFlags Hidden = BindingFlags.Instance | BindingFlags.Static | BindingFlags.NonPublic;
        var make = typeof(SqlError).GetConstructors(Hidden).MinBy(c => c.GetParameters().Length)!;
        var error = make.Invoke([.. make.GetParameters().Select((parameter, at) => at == 0 ? number : Default(parameter.ParameterType))]);
        var errors = Activator.CreateInstance(typeof(SqlErrorCollection), nonPublic: true)!;
        typeof(SqlErrorCollection).GetMethod("Add", Hidden)!.Invoke(errors, [error]);
        var create = typeof(SqlException).GetMethods(Hidden)
            .First(m => m.Name == "CreateException" && m.GetParameters() is [{ ParameterType.Name: nameof(SqlErrorCollection) }, { ParameterType.Name: "String" }]);
        return (SqlException)create.Invoke(null, [errors, "16.0.0"])!;
    }

    private static object? Default(Type type) => type == typeof(string) ? "x" : type.IsValueType ? Activator.CreateInstance(type) : null;
}
