using Microsoft.Extensions.Options;
using Notify.Admin.Accounts;
using Notify.Admin.Api;
using Notify.Admin.Audit;
using Notify.Admin.Background;
using Notify.Admin.Bell;
using Notify.Admin.ChannelPages;
using Notify.Admin.ConfigFiles;
using Notify.Admin.Coverage;
using Notify.Admin.Data;
using Notify.Admin.Deliveries;
using Notify.Admin.Demo;
using Notify.Admin.DingTalk;
using Notify.Admin.Events;
using Notify.Admin.FunctionAccess;
using Notify.Admin.Inhibitions;
using Notify.Admin.Layout;
using Notify.Admin.Mail;
using Notify.Admin.Metrics;
using Notify.Admin.Overview;
using Notify.Admin.RuleBuilder;
using Notify.Admin.RuleSets;
using Notify.Admin.Security;
using Notify.Admin.SecurityCenter;
using Notify.Admin.Slack;
using Notify.Admin.SlackButtons;
using Notify.Admin.SlackWorkspaces;
using Notify.Admin.Settings;
using Notify.Admin.Sources;
using Notify.Admin.Start;
using Notify.Admin.StoredSecrets;
using Notify.Admin.VendorAccounts;
using Notify.Admin.WhereTo;

if (CommandLine.Read(DemoEnvironment.AddTo(args), Console.Out, Console.Error, out var exitCode) is not { } commandLine)
{
    return exitCode;
}

IConfiguration? configuration = null;
try
{
    // Configuration is read once, at the start: a watcher of its files would stir at every write to a store in the directory beneath.
    var builder = WebApplication.CreateBuilder(
        [.. ContentRoot.Arguments(), .. commandLine.Settings, "--hostBuilder:reloadConfigOnChange=false"]);
    configuration = builder.Configuration;
    if (commandLine.Task == ProgramTask.Backup)
    {
        await BackupCommand.BackupAsync(DatabaseOptions.Read(configuration), commandLine.File, CancellationToken.None);
        return 0;
    }

    if (commandLine.Task == ProgramTask.Restore)
    {
        await BackupCommand.RestoreAsync(DatabaseOptions.Read(configuration), commandLine.File, CancellationToken.None);
        return 0;
    }

    if (commandLine is { IsConfig: true, Url: not null })
    {
        return await ConfigCommand.RunRemoteAsync(commandLine, Console.Out, Console.Error, CancellationToken.None);
    }

    // Without this, `dotnet run` outside Development serves empty static files.
    builder.WebHost.UseStaticWebAssets();
    builder.AddDefaultAddress();
    builder.AddSettings();
    builder.Services.AddData(builder.Configuration);
    builder.Services.AddRedactedLogging();
    builder.Services.AddBackground();
    builder.Services.AddStoredSecrets();
    builder.Services.AddAudit();
    builder.Services.AddApi(builder.Configuration);
    builder.Services.AddMetrics(builder.Configuration);
    builder.Services.AddEvents(builder.Configuration);
    builder.Services.AddDeliveries(builder.Configuration);
    builder.Services.AddSlack(builder.Configuration);
    builder.Services.AddSlackWorkspaces();
    builder.Services.AddSlackButtons();
    builder.Services.AddFunctionAccess(builder.Configuration);
    builder.Services.AddDingTalk(builder.Configuration);
    builder.Services.AddSources();
    builder.Services.AddVendorAccounts(builder.Configuration);
    builder.Services.AddSecurityCenter();
    builder.Services.AddRuleBuilder();
    builder.Services.AddRuleSets();
    builder.Services.AddInhibitions();
    builder.Services.AddOverview();
    builder.Services.AddBell();
    builder.Services.AddWhereTo();
    builder.Services.AddCoverage();
    builder.Services.AddConfigFiles(builder.Configuration);
    builder.Services.AddUserInterface();
    builder.Services.AddMail(builder.Configuration);
    builder.Services.AddAccounts(builder.Configuration);
    builder.Services.AddDemo(builder.Environment);

    if (commandLine.IsConfig)
    {
        // What it prints is for whoever calls it.
        builder.Logging.ClearProviders();
    }

    var app = builder.Build();
    // The host would log the same refusals with their stacks.
    StartupProblem.ValidateAddresses(app.Configuration);
    app.Services.GetRequiredService<IStartupValidator>().Validate();
    await app.PrepareStoreAsync();
    if (commandLine.IsConfig)
    {
        return await ConfigCommand.RunOnStoreAsync(commandLine, app.Services, Console.Out, Console.Error, CancellationToken.None);
    }

    await app.PrepareAccountsAsync();

    app.UseSecurityHeaders();
    app.UseProxy();
    app.UseExceptionHandler();
    app.UseSecurityCenter();
    app.UsePlainRequests();
    app.UseMiddleware<StraightRoutes>();
    app.UseUserInterface();
    app.UseUnknownApiRoutes();
    app.UseAccounts();
    app.UseAntiforgery();
    app.MapStaticAssets().AllowAnonymous().DisableHttpMetrics();
    app.MapApi();
    app.MapMetrics();
    var api = app.WithDeclaredQuery();
    api.MapEvents();
    api.MapDeliveries();
    api.MapSlackWorkspaces();
    api.MapFunctionAccess();
    api.MapSources();
    api.MapOwnRules();
    api.MapVendorImport();
    api.MapVendorGroups();
    api.MapRuleSets();
    api.MapMaintenance();
    api.MapAudit();
    api.MapConfigFile();
    api.MapObjects();
    api.MapTags();
    api.MapBulkPublish();
    app.MapSlack();
    app.MapChatbotExport();
    app.MapAccounts();
    app.MapUserInterface();
    await app.RunAsync();
    return 0;
}
catch (Exception e) when (StartupProblem.Of(e, configuration) is { } problem)
{
    await Console.Error.WriteLineAsync($"Notify.Admin cannot start: {problem.ReplaceLineEndings(" ")}");
    return 1;
}
