namespace Notify.Admin.Sources;

/// <summary>Where a path begins.</summary>
public enum PathRoot
{
    /// <summary><c>/…</c>: in the element of the split array; in the payload where nothing is split. The element itself is
    /// <c>.</c></summary>
    Element,

    /// <summary><c>$/…</c>: in the whole payload, which itself is <c>$</c>.</summary>
    Payload,

    /// <summary><c>header:Name</c>: a header of the request.</summary>
    Header,

    /// <summary><c>@split</c>: which of the split paths the element came from.</summary>
    Split,
}

/// <summary>A place that a value is taken from.</summary>
/// <param name="Name">Of the header.</param>
public sealed record MappingPath(PathRoot Root, JsonPointer Inside, string? Name = null)
{
    private const string Header = "header:";
    private const string SplitName = "@split";

    /// <summary>Whether a text is meant as a path; what is none is a template.</summary>
    public static bool IsPath(string text) => text is "." or "$" or SplitName || text.StartsWith('/')
        || text.StartsWith("$/", StringComparison.Ordinal) || text.StartsWith(Header, StringComparison.OrdinalIgnoreCase);

    public static MappingPath? TryRead(string text, out Reason? reason)
    {
        if (text.StartsWith(Header, StringComparison.OrdinalIgnoreCase))
        {
            var name = text[Header.Length..];
            reason = name.Length is 0 or > 64 || name.Any(c => !char.IsAsciiLetterOrDigit(c) && c is not ('-' or '_'))
                ? new Reason("NoHeader", MappingLimits.Shown(text)) : null;
            return reason is null ? new MappingPath(PathRoot.Header, Whole, name) : null;
        }

        if (text == SplitName)
        {
            reason = null;
            return new MappingPath(PathRoot.Split, Whole);
        }

        if (text is "." or "$")
        {
            reason = null;
            return new MappingPath(text == "$" ? PathRoot.Payload : PathRoot.Element, Whole);
        }

        var root = text.StartsWith("$/", StringComparison.Ordinal) ? PathRoot.Payload : PathRoot.Element;
        if (text.Length == 0)
        {
            reason = new Reason("EmptyPath");
            return null;
        }

        return JsonPointer.TryRead(root == PathRoot.Payload ? text[1..] : text, out reason) is { } pointer
            ? new MappingPath(root, pointer) : null;
    }

    public override string ToString() => Root switch
    {
        PathRoot.Element => Inside.Text.Length == 0 ? "." : Inside.Text,
        PathRoot.Payload => "$" + Inside.Text,
        PathRoot.Header => Header + Name,
        PathRoot.Split => SplitName,
    };

    private static JsonPointer Whole { get; } = JsonPointer.TryRead("", out _)!;
}
