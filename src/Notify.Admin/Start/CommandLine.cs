using System.CommandLine;
using System.CommandLine.Parsing;

namespace Notify.Admin.Start;

/// <summary>What the program is started for.</summary>
internal enum ProgramTask
{
    Serve,
    Backup,
    Restore,
    ConfigExport,
    ConfigPlan,
    ConfigApply,
}

/// <summary>The command line, understood: <c>[backup FILE | restore FILE | config export|plan|apply FILE] [--Key value |
/// --Key=value]…</c>. What is not understood is refused, since a setting that is misspelled would otherwise leave its default
/// in force.</summary>
/// <param name="File">Of a backup or a configuration, as an absolute path; empty when serving, <c>-</c> for standard input and
/// output.</param>
/// <param name="Settings">For the configuration: <c>--Key=value</c>. Nothing else may reach it: it takes a path that begins with a slash for
/// a setting.</param>
internal sealed record CommandLine(ProgramTask Task, string File, string[] Settings)
{
    /// <summary>Of a configuration: what is not in the file is deleted.</summary>
    public bool Prune { get; init; }

    /// <summary>Of a running product whose configuration it is; null for the store itself.</summary>
    public string? Url { get; init; }

    public bool IsConfig => Task is ProgramTask.ConfigExport or ProgramTask.ConfigPlan or ProgramTask.ConfigApply;

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
        var config = new ConfigOptions();
        var root = Describe(given, config, out var settings, out var file, out var tasks);
        var result = root.Parse([.. arguments.SelectMany(argument => Separate(argument, settings))], Parsing);
        if (result.Action is { } action && !tasks.Keys.Any(command => command.Action == action) && result.Errors.Count == 0)
        {
            exitCode = result.Invoke(new InvocationConfiguration { Output = output, Error = errors });
            return null;
        }

        if (Refusal(result) is { } refusal)
        {
            errors.WriteLine($"Notify.Admin: {refusal.ReplaceLineEndings(" ")} See --help.");
            // A plan with changes ends with 2.
            exitCode = result.CommandResult.Command == config.Command
                || config.Command.Subcommands.Contains(result.CommandResult.Command) ? 1 : NotUnderstood;
            return null;
        }

        var task = tasks[result.CommandResult.Command];
        return new CommandLine(
            task,
            task == ProgramTask.Serve ? "" : result.GetValue(file)! is var path && path == "-" && task > ProgramTask.Restore ? path
                : Path.GetFullPath(path),
            [.. from setting in settings
                where result.GetResult(setting) is not null
                select $"{setting.Name}={result.GetValue(setting)}"])
        {
            Prune = result.GetValue(config.Prune),
            Url = result.GetValue(config.Url),
        };
    }

    private static RootCommand Describe(
        List<string> given, ConfigOptions config, out List<Option<string>> settings, out Argument<string> file,
        out Dictionary<Command, ProgramTask> tasks)
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

        var path = file = new Argument<string>("FILE") { Description = "The archive, or the configuration file" };
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
            { backup, restore, config.Command };
        root.Directives.Clear();
        foreach (var setting in settings)
        {
            setting.Recursive = true;
            root.Options.Add(setting);
        }

        tasks = new()
        {
            [root] = ProgramTask.Serve,
            [backup] = ProgramTask.Backup,
            [restore] = ProgramTask.Restore,
            [config.Add("export", "Write the whole configuration into a file; - is standard output", path)] = ProgramTask.ConfigExport,
            [config.Add("plan", "Say what a file would change; ends with 2 where there are changes", path)] = ProgramTask.ConfigPlan,
            [config.Add("apply", "Apply a file: all of it, or nothing", path)] = ProgramTask.ConfigApply,
        };
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

    // What all commands of the configuration share.
    private sealed class ConfigOptions
    {
        public Option<bool> Prune { get; } = new("--prune") { Description = "Also delete what is not in the file" };

        public Option<string?> Url { get; } =
            new("--url") { Description = "Of a running product, with an Admin's key in NOTIFY_API_KEY; without it, the store itself" };

        public Command Command { get; } = new("config", "The whole configuration as one file");

        public Command Add(string name, string description, Argument<string> file)
        {
            var command = new Command(name, description) { file, Url };
            if (name != "export")
            {
                command.Options.Add(Prune);
            }

            Command.Subcommands.Add(command);
            return command;
        }
    }

    private static string NameOf(string argument) => argument.Split('=')[0];
}
