using System.Text.RegularExpressions;
using Microsoft.Extensions.Options;

namespace Notify.Admin.Data;

/// <summary>Tells the operator in one line why the program cannot start.</summary>
internal static partial class StartupProblem
{
    /// <summary>The line, or null where <paramref name="problem"/> is not about configuration or surroundings: that is a defect, and its
    /// stack helps.</summary>
    /// <param name="configuration">To show the wrong value; null while it could not be read itself.</param>
    public static string? Of(Exception problem, IConfiguration? configuration) => problem switch
    {
        StartupException e => e.Message,
        OptionsValidationException e => string.Join("; ", e.Failures.Select(failure => InWords(e, failure, configuration))),
        InvalidOperationException e when Conversion().Match(e.Message) is { Success: true } wrong =>
            $"{wrong.Groups["key"]} is '{wrong.Groups["value"]}', which is not {Kind(wrong.Groups["type"].Value)}.",
        InvalidDataException e => e.Message,
        FormatException e when e.Message.StartsWith("Invalid url", StringComparison.Ordinal) =>
            $"Urls is '{configuration?["Urls"]}'. Give addresses such as http://localhost:5080, separated by semicolons.",
        IOException e when e.Message.StartsWith("Failed to bind", StringComparison.Ordinal) =>
            $"Urls: {e.Message.TrimEnd('.')}. Stop the program that listens there, or choose another port.",
        _ => null,
    };

    /// <summary>Reads <c>Urls</c> before the server does.</summary>
    /// <exception cref="StartupException">An address in <c>Urls</c> cannot be read.</exception>
    public static void ValidateAddresses(IConfiguration configuration)
    {
        foreach (var address in (configuration["Urls"] ?? "")
            .Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            try
            {
                BindingAddress.Parse(address);
            }
            catch (FormatException e)
            {
                throw new StartupException($"Urls is '{address}'. Give addresses such as http://localhost:5080, separated by semicolons.",
                    e);
            }
        }
    }

    // The framework names the class and the property; the operator wrote a key and a value.
    private static string InWords(OptionsValidationException e, string failure, IConfiguration? configuration)
    {
        if (Annotation().Match(failure) is not { Success: true } found)
        {
            return failure;
        }

        // Some validation messages name their key already.
        var rule = found.Groups["rule"].Value;
        var first = rule.Split(' ')[0];
        var key = first.Contains(':', StringComparison.Ordinal)
            ? first : $"{e.OptionsType.Name.Replace("Options", "", StringComparison.Ordinal)}:{found.Groups["member"]}";
        return $"{key} is '{configuration?[key]}'. {rule}";
    }

    private static string Kind(string type) => type switch
    {
        "System.Boolean" => "true or false",
        "System.Int32" or "System.Int64" => "a whole number",
        "System.Double" or "System.Decimal" => "a number",
        _ when Type.GetType(type) is { IsEnum: true } choice => $"one of {string.Join(", ", Enum.GetNames(choice))}",
        _ => $"a {type.Split('.')[^1]}",
    };

    [GeneratedRegex(@"\AFailed to convert configuration value '(?<value>.*)' at '(?<key>.*)' to type '(?<type>.*)'\.\z",
        RegexOptions.Singleline)]
    private static partial Regex Conversion();

    [GeneratedRegex(@"members: '(?<member>\w+)' with the error: '(?<rule>.*)'\.\z", RegexOptions.Singleline)]
    private static partial Regex Annotation();
}
