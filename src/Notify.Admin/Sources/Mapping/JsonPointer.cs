using System.Globalization;
using System.Text.Json;

namespace Notify.Admin.Sources;

/// <summary>A place in a JSON value, as RFC 6901 writes it: <c>/alerts/0/labels/host</c>. Empty is the value itself.</summary>
public sealed record JsonPointer
{
    private readonly string[] _steps;

    private JsonPointer(string text, string[] steps)
    {
        Text = text;
        _steps = steps;
    }

    public string Text { get; }

    /// <param name="reason">Why it is none, to follow the place where it stands.</param>
    public static JsonPointer? TryRead(string text, out Reason? reason)
    {
        reason = null;
        if (text.Length == 0)
        {
            return new JsonPointer("", []);
        }

        if (text[0] != '/')
        {
            reason = new Reason("NoPath", MappingLimits.Shown(text));
            return null;
        }

        var steps = text[1..].Split('/');
        if (steps.Length > MappingLimits.Depth)
        {
            reason = new Reason("TooManySteps", $"{MappingLimits.Depth}");
            return null;
        }

        for (var index = 0; index < steps.Length; index++)
        {
            if (Unescape(steps[index]) is not { } step)
            {
                reason = new Reason("PathEscape", MappingLimits.Shown(text));
                return null;
            }

            steps[index] = step;
        }

        return new JsonPointer(text, steps);
    }

    /// <summary>How a member's name, or an index, is written as one step.</summary>
    public static string Escape(string step) =>
        step.Replace("~", "~0", StringComparison.Ordinal).Replace("/", "~1", StringComparison.Ordinal);

    public JsonElement? Find(JsonElement value)
    {
        foreach (var step in _steps)
        {
            if (value.ValueKind == JsonValueKind.Object && value.TryGetProperty(step, out var member))
            {
                value = member;
            }
            else if (value.ValueKind == JsonValueKind.Array && Index(step) is { } index && index < value.GetArrayLength())
            {
                value = value[index];
            }
            else
            {
                return null;
            }
        }

        return value;
    }

    public bool Equals(JsonPointer? other) => other is not null && Text == other.Text;

    public override int GetHashCode() => Text.GetHashCode(StringComparison.Ordinal);

    public override string ToString() => Text;

    private static string? Unescape(string step)
    {
        for (var index = step.IndexOf('~', StringComparison.Ordinal); index >= 0; index = step.IndexOf('~', index + 1))
        {
            if (index + 1 >= step.Length || step[index + 1] is not ('0' or '1'))
            {
                return null;
            }
        }

        // The order matters: ~01 is ~1.
        return step.Replace("~1", "/", StringComparison.Ordinal).Replace("~0", "~", StringComparison.Ordinal);
    }

    private static int? Index(string step) =>
        step.Length is > 0 and <= 9 && (step == "0" || step[0] != '0')
        && int.TryParse(step, NumberStyles.None, CultureInfo.InvariantCulture, out var index) ? index : null;
}
