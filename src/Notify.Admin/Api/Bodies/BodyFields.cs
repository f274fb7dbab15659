using System.Text.Json;
using Notify.Admin.Security;

namespace Notify.Admin.Api;

/// <summary>The members of a JSON object, read one by one; what is wrong is collected.</summary>
internal sealed class BodyFields(JsonElement root)
{
    private readonly HashSet<string> _known = new(StringComparer.Ordinal);
    private readonly List<FieldProblem> _problems = [];

    public void Refuse(string field, string rule)
    {
        if (!_problems.Exists(problem => problem.Field == field))
        {
            _problems.Add(new FieldProblem(null, field, rule));
        }
    }

    /// <summary>Takes what whoever reads a member finds wrong with its parts.</summary>
    public void Refuse(FieldProblem problem) => _problems.Add(problem);

    /// <summary>A member for whoever reads it; null where it is left out.</summary>
    public JsonElement? Element(string name) => Member(name);

    /// <summary>It is there and null, which a merge patch takes for "back to the default".</summary>
    public bool IsNull(string name) => root.TryGetProperty(name, out var member) && member.ValueKind == JsonValueKind.Null;

    public string? Text(string name) => Member(name) is not { } member ? null : TextOf(member) ?? Wrong<string>(name, "is not a text");

    public int? Number(string name)
    {
        if (Member(name) is not { } member)
        {
            return null;
        }

        if (member.ValueKind == JsonValueKind.Number && member.TryGetInt32(out var number))
        {
            return number;
        }

        Refuse(name, "is not a whole number");
        return null;
    }

    public bool? Flag(string name)
    {
        if (Member(name) is not { } member)
        {
            return null;
        }

        if (member.ValueKind is JsonValueKind.True or JsonValueKind.False)
        {
            return member.GetBoolean();
        }

        Refuse(name, "is not true or false");
        return null;
    }

    /// <summary>The elements of an array, for whoever reads them; null where it is left out or no array.</summary>
    public IReadOnlyList<JsonElement>? Items(string name) => Member(name) is not { } member ? null
        : member.ValueKind == JsonValueKind.Array ? [.. member.EnumerateArray()]
        : Wrong<IReadOnlyList<JsonElement>>(name, "is not an array");

    public IReadOnlyList<string>? Texts(string name)
    {
        if (Member(name) is not { } member)
        {
            return null;
        }

        if (member.ValueKind != JsonValueKind.Array)
        {
            return Wrong<IReadOnlyList<string>>(name, "is not an array of texts");
        }

        var texts = member.EnumerateArray().Select(TextOf).ToList();
        return texts.Contains(null) ? Wrong<IReadOnlyList<string>>(name, "is not an array of texts") : [.. texts.OfType<string>()];
    }

    public IReadOnlyList<int>? Numbers(string name)
    {
        if (Member(name) is not { } member)
        {
            return null;
        }

        List<int> numbers = [];
        foreach (var item in member.ValueKind == JsonValueKind.Array ? member.EnumerateArray() : default)
        {
            if (item.ValueKind != JsonValueKind.Number || !item.TryGetInt32(out var number))
            {
                return Wrong<IReadOnlyList<int>>(name, "is not an array of whole numbers");
            }

            numbers.Add(number);
        }

        return member.ValueKind == JsonValueKind.Array ? numbers : Wrong<IReadOnlyList<int>>(name, "is not an array of whole numbers");
    }

    public IReadOnlyList<FieldProblem> Finish()
    {
        foreach (var member in root.EnumerateObject())
        {
            if (!_known.Contains(member.Name))
            {
                Refuse(member.Name.Length > 60 ? member.Name[..60] : member.Name, "is not known here");
            }
        }

        return _problems;
    }

    private JsonElement? Member(string name)
    {
        _known.Add(name);
        return root.TryGetProperty(name, out var member) && member.ValueKind != JsonValueKind.Null ? member : null;
    }

    private T? Wrong<T>(string name, string rule)
        where T : class
    {
        Refuse(name, rule);
        return null;
    }

    private static string? TextOf(JsonElement element)
    {
        try
        {
            return element.ValueKind == JsonValueKind.String && element.GetString() is { } text && PlainText.Is(text) ? text : null;
        }
        catch (InvalidOperationException)
        {
            // The text holds half a surrogate pair.
            return null;
        }
    }
}
