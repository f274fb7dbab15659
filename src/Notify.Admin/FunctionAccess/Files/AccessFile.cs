using System.Globalization;
using System.Text;

namespace Notify.Admin.FunctionAccess;

/// <summary>One function of a file, with what is wanted for it.</summary>
/// <param name="WorkspaceId">Null where the file does not say.</param>
internal sealed record AccessFileEntry(int Line, int? WorkspaceId, FunctionName Function, AccessWish Wish);

/// <summary>A file as it was read: where anything is wrong with it, nothing of it is applied.</summary>
internal sealed record AccessFileReading(IReadOnlyList<AccessFileEntry> Entries, IReadOnlyList<AccessProblem> Problems);

/// <summary>Wanted lists of many functions as a file: what an export writes, an import reads back alike. README.md has its form.</summary>
internal static class AccessFile
{
    /// <summary>Larger files are refused, in bytes: as much as a batch of events.</summary>
    public const int MostBytes = 10 * 1024 * 1024;

    public const int MostFunctions = 2000;

    /// <summary>People, workspaces and organisations named in all of it: 20,000 people on a dozen lists.</summary>
    public const int MostIds = 250_000;

    /// <summary>More are only counted.</summary>
    public const int MostProblems = 100;

    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    public static AccessFileReading Read(ReadOnlySpan<byte> bytes, AccessFileFormat format)
    {
        var problems = new AccessProblems();
        if (Decode(bytes, problems) is not { } text)
        {
            return new AccessFileReading([], problems.All);
        }

        var items = format switch
        {
            AccessFileFormat.Yaml or AccessFileFormat.Json => AccessYaml.Read(text, format, problems),
            AccessFileFormat.Csv => AccessCsv.Read(text, problems),
        };
        if (items.Count == 0 && problems.Count == 0)
        {
            problems.Add(1, AccessFileFields.Root, AccessRule.FunctionList);
        }
        else if (items.Sum(item => item.Fields.Sum(field => field.Texts?.Count ?? 0)) > MostIds)
        {
            problems.Add(1, AccessFileFields.Root, AccessRule.MostIds, MostIds.ToString(CultureInfo.InvariantCulture));
            return new AccessFileReading([], problems.All);
        }

        var entries = items.Select(item => Entry(item, problems)).OfType<AccessFileEntry>().ToList();
        return new AccessFileReading(entries, problems.All);
    }

    public static string Write(IReadOnlyList<ManagedFunction> functions, AccessFileFormat format) => format switch
    {
        AccessFileFormat.Yaml => AccessYaml.Write(functions),
        AccessFileFormat.Json => AccessJson.Write(functions),
        AccessFileFormat.Csv => AccessCsv.Write(functions),
    };

    private static string? Decode(ReadOnlySpan<byte> bytes, AccessProblems problems)
    {
        try
        {
            return Utf8.GetString(bytes).TrimStart('\uFEFF');
        }
        catch (DecoderFallbackException e)
        {
            problems.Add(1 + bytes[..Math.Clamp(e.Index, 0, bytes.Length)].Count((byte)'\n'), AccessFileFields.Root, AccessRule.Utf8);
            return null;
        }
    }

    private static AccessFileEntry? Entry(AccessFileItem item, AccessProblems problems)
    {
        var count = problems.Count;
        var fields = new Dictionary<string, AccessFileField>(StringComparer.Ordinal);
        foreach (var field in item.Fields)
        {
            if (!AccessFileFields.All.Contains(field.Name))
            {
                problems.Add(field.Line, AccessProblems.Shorten(field.Name), AccessRule.KnownField);
            }
            else if (!fields.TryAdd(field.Name, field))
            {
                problems.Add(field.Line, field.Name, AccessRule.OnlyOnce);
            }
            else if (field.IsList != AccessFileFields.IsList(field.Name) && field.Texts is not null)
            {
                problems.Add(field.Line, field.Name, field.IsList ? AccessRule.Text : AccessRule.TextList);
            }
        }

        int? workspaceId = null;
        if (One(AccessFileFields.WorkspaceId) is { } number)
        {
            workspaceId = int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? id : null;
            if (workspaceId is null)
            {
                problems.Add(LineOf(AccessFileFields.WorkspaceId), AccessFileFields.WorkspaceId, AccessRule.Workspace);
            }
        }

        if (FunctionName.Read(One("function_id"), One("function_callback_id"), One("function_app_id"), out var name) is { } wrong)
        {
            problems.Add(LineOf(wrong.Field), wrong.Field, AccessRule.FunctionName, wrong.Rule);
        }

        var wish = new AccessWish(One("permission_type"), Many("user_ids"), Many("team_ids"), Many("org_ids"));

        // A type that only Slack sets stands in an export as well: whether it is the function's own is seen when it is planned.
        foreach (var problem in wish.Check()
            .Where(problem => wish.PermissionType != PermissionTypes.System || problem.Rule != AccessRule.SettableType))
        {
            problems.Add(LineOf(problem.Field), problem.Field, problem.Rule, problem.Detail);
        }

        return problems.Count > count ? null : new AccessFileEntry(item.Line, workspaceId, name!, wish);

        string? One(string field) => fields.TryGetValue(field, out var found) && !found.IsList ? found.Texts?[0] : null;
        IReadOnlyList<string> Many(string field) => fields.TryGetValue(field, out var found) && found.IsList ? found.Texts ?? [] : [];
        int LineOf(string field) => fields.TryGetValue(field, out var found) ? found.Line : item.Line;
    }
}

/// <summary>One function as a format has it, before it is known what its fields are.</summary>
internal sealed record AccessFileItem(int Line, IReadOnlyList<AccessFileField> Fields);

/// <summary>One field of it.</summary>
/// <param name="Texts">Null: the field is there and has nothing.</param>
internal sealed record AccessFileField(int Line, string Name, IReadOnlyList<string>? Texts, bool IsList);

/// <summary>What is wrong with a file: the first hundred, and how many there are.</summary>
internal sealed class AccessProblems
{
    private readonly List<AccessProblem> _all = [];

    public int Count { get; private set; }

    public IReadOnlyList<AccessProblem> All => _all;

    public void Add(int line, string field, AccessRule rule, string detail = "")
    {
        if (Count++ < AccessFile.MostProblems)
        {
            _all.Add(new AccessProblem(line, field, rule, detail));
        }
    }

    public static string Shorten(string text) => text.Length > 60 ? text[..60] + "…" : text;
}
