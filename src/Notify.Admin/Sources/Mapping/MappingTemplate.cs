using System.Text;

namespace Notify.Admin.Sources;

/// <summary>A text with places in it: <c>{/labels/host}: {/annotations/summary}</c>. A path alone is one too, and so is a constant. It has
/// a value when every place has one; a place that ends in <c>?</c> may be empty. A brace is written twice.</summary>
public sealed record MappingTemplate
{
    private MappingTemplate(string text, IReadOnlyList<Part> parts)
    {
        Text = text;
        Parts = parts;
    }

    public string Text { get; }

    internal IReadOnlyList<Part> Parts { get; }

    /// <summary>The one place it is, so that what stands there keeps its type; null for a text.</summary>
    internal MappingPath? Path => Parts is [{ Path: { } path }] ? path : null;

    public static MappingTemplate? TryRead(string text, out Reason? reason)
    {
        if (MappingPath.IsPath(text))
        {
            return MappingPath.TryRead(text, out reason) is { } path ? new MappingTemplate(text, [new Part(null, path, false)]) : null;
        }

        List<Part> parts = [];
        var literal = new StringBuilder();
        for (var at = 0; at < text.Length; at++)
        {
            var character = text[at];
            if (character is '{' or '}' && at + 1 < text.Length && text[at + 1] == character)
            {
                literal.Append(character);
                at++;
            }
            else if (character == '}')
            {
                reason = new Reason("ClosesNothing");
                return null;
            }
            else if (character != '{')
            {
                literal.Append(character);
            }
            else if (ReadPlace(text, ref at, out reason) is { } place)
            {
                AddLiteral(parts, literal);
                parts.Add(place);
                if (parts.Count > MappingLimits.Placeholders)
                {
                    reason = new Reason("TooManyPlaces");
                    return null;
                }
            }
            else
            {
                return null;
            }
        }

        AddLiteral(parts, literal);
        reason = parts.Count == 0 ? new Reason("Empty") : null;
        return reason is null ? new MappingTemplate(text, parts) : null;
    }

    public bool Equals(MappingTemplate? other) => other is not null && Text == other.Text;

    public override int GetHashCode() => Text.GetHashCode(StringComparison.Ordinal);

    public override string ToString() => Text;

    private static Part? ReadPlace(string text, ref int at, out Reason? reason)
    {
        var end = text.IndexOf('}', at);
        if (end < 0)
        {
            reason = new Reason("NotClosed");
            return null;
        }

        var name = text[(at + 1)..end].Trim();
        var isOptional = name.EndsWith('?');
        name = isOptional ? name[..^1] : name;
        at = end;
        if (!MappingPath.IsPath(name))
        {
            reason = new Reason("PlaceNoPath", $"{{{MappingLimits.Shown(name)}}}");
            return null;
        }

        return MappingPath.TryRead(name, out reason) is { } path ? new Part(null, path, isOptional) : null;
    }

    private static void AddLiteral(List<Part> parts, StringBuilder literal)
    {
        if (literal.Length > 0)
        {
            parts.Add(new Part(literal.ToString(), null, false));
            literal.Clear();
        }
    }

    internal sealed record Part(string? Literal, MappingPath? Path, bool IsOptional);
}
