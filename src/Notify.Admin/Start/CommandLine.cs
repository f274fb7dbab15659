using System.CommandLine;
using System.CommandLine.Parsing;

namespace Notify.Admin.Start;

/// <summary>What the program is started for.</summary>
internal enum ProgramTask
{
    Serve,
    Backup,
    Restore,
}

/// <summary>The command line, understood: <c>[backup FILE | restore FILE] [--Key value | --Key=value]…</c>. What is not understood is
/// refused, since a setting that is misspelled would otherwise leave its default in force.</summary>
/// <param name="File">Of a backup, as an absolute path; empty when serving.</param>
/// <param name="Settings">For the configuration: <c>--Key=value</c>. Nothing else may reach it: it takes a path that begins with a slash for
/// a setting.</param>
internal sealed record CommandLine(ProgramTask Task, string File, string[] Settings)
{
    /// <summary>What the program ends with when it does not understand its command line.</summary>
    public const int NotUnderstood = 2;

    // Every argument is taken as it stands: no files of arguments, no bundles of letters.
    private static readonly ParserConfiguration Parsing = new() { EnablePosixBundling = false, ResponseFileTokenReplacer = null };

    /// <summary>Reads the arguments; help, version and refusals are written at once.</summary>
    /// <param name="exitCode">What to end with when null is returned.</param>
    public static CommandLine? Read(string[] arguments, TextWriter output, TextWriter errors, out int exitCode)
    {
        exitCode = 0;
        var given = arguments.Where(argument => argument.StartsWith("--", StringComparison.Ordinal)).Select(NameOf).ToList();
        var root = Describe(given, out var settings, out var file, out var tasks);
        var result = root.Parse([.. arguments.SelectMany(argument => Separate(argument, settings))], Parsing);
        if (result.Action is { } action && !tasks.Keys.Any(command => command.Action == action) && result.Errors.Count == 0)
        {
            exitCode = result.Invoke(new InvocationConfiguration { Output = output, Error = errors });
            return null;
        }

        if (Refusal(result) is { } refusal)
        {
            errors.WriteLine($"Notify.Admin: {refusal.ReplaceLineEndings(" ")} See --help.");
            exitCode = NotUnderstood;
            return null;
        }

        var task = tasks[result.CommandResult.Command];
        return new CommandLine(
            task,
            task == ProgramTask.Serve ? "" : Path.GetFullPath(result.GetValue(file)!),
            [.. from setting in settings
                where result.GetResult(setting) is not null
                select $"{setting.Name}={result.GetValue(setting)}"]);
    }

    private static RootCommand Describe(
        List<string> given, out List<Option<string>> settings, out Argument<string> file, out Dictionary<Command, ProgramTask> tasks)
    {
        settings =
        [
            new Option<string>("--Urls") { Description = "Where to listen, such as http://localhost:5080" },
            new Option<string>("--DataDirectory") { Description = "Directory of the SQLite store and its key ring" },
            new Option<string>("--environment") { Description = "Production, Development, or Demo for examples to look around in" },
        ];
        // A setting is an option only where it is given: there are too many to list, and lists have elements without end.
        var listed = settings.ConvertAll(option => option.Name);
        settings.AddRange(given.Distinct().Where(name => !listed.Contains(name) && SettingNames.Contains(name[2..]))
            .Select(name => new Option<string>(name) { Hidden = true }));

        var path = file = new Argument<string>("FILE") { Description = "The archive: the store and its key ring" };
        path.Validators.Add(result =>
        {
            if (result.Tokens is [{ Value: "" }])
            {
                result.AddError("FILE is empty.");
            }
        });
        var backup = new Command("backup", "Write the SQLite store and its key ring into a file; the program may be running") { path };
        var restore = new Command("restore", "Lay a backup down in an empty DataDirectory") { path };
        var root = new RootCommand(
            "Notify.Admin: who hears about which security event, in Slack and DingTalk. Every setting of the README may be given as --Key value or --Key=value.")
            { backup, restore };
        root.Directives.Clear();
        foreach (var setting in settings)
        {
            setting.Recursive = true;
            root.Options.Add(setting);
        }

        tasks = new() { [root] = ProgramTask.Serve, [backup] = ProgramTask.Backup, [restore] = ProgramTask.Restore };
        foreach (var command in tasks.Keys)
        {
            command.SetAction(_ => 0);
        }

        return root;
    }

    // The refusal repeats names only, never a value: it may be a secret.
    private static string? Refusal(ParseResult result) =>
        result.Tokens.FirstOrDefault(token => token.Type == TokenType.Directive) is { } directive
            ? $"'{NameOf(directive.Value)}' is not understood."
        : result.UnmatchedTokens is [var token, ..] ? $"'{NameOf(token)}' is not understood."
        : result.Errors is [var error, ..] ? error.Message
        : null;

    // The parser would take the colon in --Slack:Timeout=5 for the end of the name.
    private static string[] Separate(string argument, List<Option<string>> settings) =>
        argument.IndexOf('=') is > 0 and var end && settings.Exists(setting => setting.Name == argument[..end])
            ? [argument[..end], argument[(end + 1)..]] : [argument];

    private static string NameOf(string argument) => argument.Split('=')[0];
}
