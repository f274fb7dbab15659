using System.Text;
using System.Text.Json;
using Notify.Admin.Security;

namespace Notify.Admin.Sources;

/// <summary>The values of one payload by their paths. What lies outside the element is looked up once, however many elements there
/// are.</summary>
internal sealed class PayloadValues(JsonElement payload, Func<string, string?> header)
{
    private readonly Dictionary<string, JsonElement?> _shared = new(StringComparer.Ordinal);
    private readonly Dictionary<(string Path, int Most), (string? Text, Reason? Reason)> _sharedTexts = [];
    private readonly JsonElement _payload = payload;
    private JsonElement _element = payload;
    private string _split = "";

    public JsonElement Element => _element;

    /// <summary>Turns to an element of a split array.</summary>
    public void MoveTo(JsonElement element, string split)
    {
        _element = element;
        _split = split;
    }

    public JsonElement? Find(MappingPath path) => path.Root switch
    {
        PathRoot.Element => path.Inside.Find(_element),
        PathRoot.Payload => Shared(path),
        PathRoot.Header or PathRoot.Split => null,
    };

    /// <param name="reason">Why there is none, where something of no use is there.</param>
    public string? Text(MappingPath path, int most, out Reason? reason)
    {
        reason = null;
        switch (path.Root)
        {
            case PathRoot.Header:
                return header(path.Name!) is { } value && !string.IsNullOrWhiteSpace(value) ? ForeignText.Cut(value.Trim(), most) : null;
            case PathRoot.Split:
                return _split.Length == 0 ? null : _split;
        }

        if (path.Root == PathRoot.Element)
        {
            return Find(path) is { } own ? FieldText.Of(own, most, out reason) : null;
        }

        if (!_sharedTexts.TryGetValue((path.Inside.Text, most), out var known))
        {
            known.Text = Find(path) is { } found ? FieldText.Of(found, most, out known.Reason) : null;
            _sharedTexts.Add((path.Inside.Text, most), known);
        }

        reason = known.Reason;
        return known.Text;
    }

    /// <param name="reason">Why there is none, where something of no use is there, with its path.</param>
    public string? Text(MappingTemplate template, int most, out Reason? reason)
    {
        if (template.Path is { } only)
        {
            var text = Text(only, most, out reason);
            reason = reason is null ? null : reason with { Place = $"{only}" };
            return text;
        }

        reason = null;
        var built = new StringBuilder();
        foreach (var part in template.Parts)
        {
            var text = part.Literal ?? Text(part.Path!, most, out reason);
            if (text is null && !part.IsOptional)
            {
                reason = reason is null ? null : reason with { Place = $"{part.Path}" };
                return null;
            }

            reason = null;
            built.Append(text);
            if (built.Length > most)
            {
                break;
            }
        }

        var whole = ForeignText.Cut(built.ToString(), most);
        return string.IsNullOrWhiteSpace(whole) ? null : whole;
    }

    private JsonElement? Shared(MappingPath path)
    {
        if (!_shared.TryGetValue(path.Inside.Text, out var found))
        {
            found = path.Inside.Find(_payload);
            _shared.Add(path.Inside.Text, found);
        }

        return found;
    }
}
