using System.Collections.Immutable;

namespace Notify.Admin.Rules;

/// <summary>Collects the mistakes found in one text.</summary>
internal sealed class ConfigListErrors(string text)
{
    // A text full of mistakes is not helped by more, and must not become a far longer answer.
    private const int MaxErrors = 100;
    private const int MaxArgLength = 80;

    private readonly List<ConfigListError> _errors = [];

    /// <summary>True when further mistakes are no longer taken.</summary>
    public bool IsFull => _errors.Count == MaxErrors;

    public bool Any => _errors.Count > 0;

    public void Add(ConfigListFault fault, string path, int offset, int length, params ReadOnlySpan<string> args)
    {
        if (IsFull)
        {
            return;
        }

        var (line, column) = SourceText.Locate(text, offset);
        var shortened = ImmutableArray.CreateBuilder<string>(args.Length);
        foreach (var arg in args)
        {
            shortened.Add(Shorten(arg));
        }

        _errors.Add(new(fault, path, line, column, offset, length, shortened.MoveToImmutable()));
    }

    public ImmutableArray<ConfigListError> InTextOrder() => [.. _errors.OrderBy(error => error.Offset)];

    /// <summary>A path step for a member whose name comes from the text.</summary>
    public static string Member(string path, string name) => $"{path}.{Shorten(name)}";

    private static string Shorten(string arg)
    {
        var cut = arg.Length <= MaxArgLength ? arg
            : arg[..(char.IsHighSurrogate(arg[MaxArgLength - 1]) ? MaxArgLength - 1 : MaxArgLength)] + "…";
        return cut.Any(char.IsControl) ? string.Concat(cut.Select(character => char.IsControl(character) ? '\uFFFD' : character)) : cut;
    }
}
