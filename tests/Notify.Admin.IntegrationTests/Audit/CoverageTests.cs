using System.Reflection;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Localization;
using Notify.Admin.Accounts;
using Notify.Admin.Api;
using Notify.Admin.Audit;
using Notify.Admin.ChannelPages;
using Notify.Admin.Channels;
using Notify.Admin.ConfigFiles;
using Notify.Admin.Data;
using Notify.Admin.Deliveries;
using Notify.Admin.DingTalk;
using Notify.Admin.FunctionAccess;
using Notify.Admin.Inhibitions;
using Notify.Admin.IntegrationTests.Accounts;
using Notify.Admin.IntegrationTests.Authorisation;
using Notify.Admin.IntegrationTests.VendorAccounts;
using Notify.Admin.RuleSets;
using Notify.Admin.Security;
using Notify.Admin.Settings;
using Notify.Admin.Slack;
using Notify.Admin.SlackWorkspaces;
using Notify.Admin.Sources;
using Notify.Admin.Testing;
using Notify.Admin.VendorAccounts;
using Notify.Sandbox.DingTalk;
using Notify.Sandbox.Slack;

namespace Notify.Admin.IntegrationTests.Audit;

/// <summary>Everything that changes something is in the trail: every service method that takes an <see cref="Actor"/>, and every endpoint
/// that is not only read. What is new has to be entered in the tables below, and writes its entry or says why it needs none.</summary>
public sealed class CoverageTests
{
    private const string HighRules = """[{"conditions":[{"on":"severity","from":"high"}]}]""";

    // Changes nothing that anybody wanted or can lose.
    private static readonly Dictionary<string, string[]> Reads = new()
    {
        // The same lists that every page shows, and what a file would change.
        ["AccessFileService"] = ["ExportAsync", "PlanAsync"],
        ["AccessChangeService"] = ["PlanAsync", "WaitAsync", "WaitBulkAsync", "LatestAsync", "ListBulkAsync", "ListOrderedAsync"],
        ["AssetGroupService"] = ["ListAsync"],
        ["AuditRevertService"] = ["PlanAsync"],
        ["AuditService"] = ["ListAsync", "RefreshAsync", "CountNewAsync", "FindAsync", "ChoicesAsync", "StatusAsync", "HoldsAsync"],
        ["BulkAccessService"] = ["PlanPersonAsync", "PlanCopyAsync", "PlanListsAsync", "CompareAsync"],
        ["ChatbotOwnRules"] = ["FindAsync"],
        ["SlackOwnRules"] = ["FindAsync"],
        ["RuleSetService"] = ["FindAsync", "ListAsync", "ListUsesAsync"],
        ["StoredRuleSets"] = ["ListAsync"],
        ["InhibitionService"] = ["FindAsync", "ListAsync"],
        ["ChatbotStatusService"] = ["ExportAsync", "ListAsync", "ListNamesAsync", "FindNeighboursAsync"],
        ["DeliveryDesk"] = ["ExplainTestEventAsync", "FindStandingAsync", "FindTestEventAsync", "ListChannelsAsync",
            "ListTagsAsync", "ListTestEventsAsync"],
        ["ChannelActivityService"] = ["GetAsync"],
        ["DeliveryService"] = ["ListAsync", "RefreshAsync", "CountNewAsync", "FindAsync", "AttemptsAsync", "ChannelNamesAsync",
        "PreviewAsync"],
        ["DingTalkChatbotService"] = ["GroupUsesAsync", "FindPageAsync", "FindAsync", "ListDeliveryAsync"],
        ["ConfigService"] = ["ListFilesAsync", "PlanAsync", "ReadFileAsync"],
        ["AccountKind"] = ["ReadAsync"],
        ["AccessListKind"] = ["ReadAsync"],
        ["LinkKind"] = ["ReadAsync"],
        ["IntegrationPublishing"] = ["AcceptAsync"],
        ["ObjectService"] = ["FindAsync", "ListAsync"],
        ["TagService"] = ["FindAsync", "ListAsync"],
        ["SettingsKind"] = ["ListNamedAsync", "PlanAsync", "ReadAsync"],
        ["DisplayService"] = ["GetAsync"],
        ["EventService"] = ["ListSourcesAsync", "ListAsync", "RefreshAsync", "CountNewAsync", "FindNamedAsync", "FindAsync"],
        // What can be found by name, each of one kind.
        ["FindService"] = ["FindAsync"],
        ["DeliveryFinder"] = ["FindAsync"],
        ["EventFinder"] = ["FindAsync"],
        ["FunctionFinder"] = ["FindAsync"],
        ["PageFinder"] = ["FindAsync"],
        ["InhibitionFinder"] = ["FindAsync"],
        ["PersonFinder"] = ["FindAsync"],
        ["RuleSetFinder"] = ["FindAsync"],
        ["SourceFinder"] = ["FindAsync"],
        // A person's own unsaved typing; what comes of it is recorded when it is saved.
        ["FormDraftService"] = ["SaveAsync", "LoadAsync", "DeleteAsync"],
        ["PersonChoiceService"] = ["FindAsync", "SaveAsync"],
        // What a person has looked at.
        ["BellService"] = ["GetAsync", "SeeAsync", "Watch"],
        // Reading Slack again, and looking for drift, changes neither what is wanted nor what Slack has.
        ["FunctionAccessService"] =
        [
            "ListAsync", "ListPageAsync", "ListWholeAsync", "ListWorkspacesAsync", "FindAsync", "RefreshAsync", "CheckAsync",
            "CountDueAsync", "HistoryAsync", "PeopleAsync", "SearchPeopleAsync", "ResolveAsync", "TeamsAsync",
        ],
        ["KeyService"] = ["ListAsync", "ListApiKeysAsync", "ListAccessKeysAsync"],
        ["LostSecretService"] = ["ListAsync"],
        ["OverviewService"] = ["GetAsync", "CountAsync"],
        ["PasskeyService"] = ["ListAsync", "CreationOptionsAsync"],
        ["PasswordService"] = ["HasPasswordAsync"],
        ["PastEventService"] = ["CountAsync", "FindAsync", "ListNewestAsync", "ListSilentAsync"],
        ["MaintenanceService"] = ["ListAsync"],
        ["MonthlyUseService"] = ["FindAsync"],
        ["PauseService"] = ["FindAsync", "ListAsync"],
        ["MuteService"] = ["ListAsync"],
        ["PeopleService"] = ["ListAllAsync", "ListAsync", "FindAsync", "FindOneAsync"],
        // The event that it stores is its record.
        ["SampleEventService"] = ["SendAsync"],
        // Hands every call to the services of chatbots and asset groups.
        ["SecurityCenterService"] = ["AnswerAsync"],
        ["SessionService"] = ["ListAsync"],
        ["SettingsService"] = ["List"],
        ["SlackChannelDirectory"] = ["ListAsync"],
        ["SlackIntegrationService"] =
            ["ExportAsync", "ListAsync", "ListDeliveryAsync", "ListNamesAsync", "ListConnectionsAsync", "FindAsync"],
        ["SlackWorkspaceService"] =
        [
            "ListAsync", "FindAsync", "FindReadingAsync", "FindSocketAsync", "ListUsesAsync", "ListTeamsAsync", "SearchPeopleAsync",
        ],
        ["SimulationService"] = ["CompareAsync", "PlanAsync"],
        ["CoverageService"] = ["GetAsync", "CountAsync", "OpenAsync"],
        // A question; what it asks about is sent nowhere.
        ["WhereToService"] = ["FindAsync", "ReadAsync", "AskAsync", "DrawAsync"],
        ["MappingVersionService"] = ["ListAsync", "CompareAsync"],
        ["MapAgainService"] = ["CountAsync", "CountOfAsync"],
        ["SourceFormService"] = ["FindAsync", "ListAsync"],
        ["SourceTrialService"] = ["TryAsync"],
        ["SourcePollService"] = ["ListAsync", "ListAccountsAsync"],
        ["SourceService"] = ["ListAsync", "FindAsync", "PayloadsAsync"],
        // A plan changes only what is known of the vendor.
        ["PublishService"] = ["FindAsync", "FindFileAsync", "ListAccountsAsync", "ListGoneAsync", "PlanAsync", "VendorOf"],
        ["VendorAccountService"] = ["ListAsync", "FindAsync", "ListUsesAsync", "ListEndpoints"],
        ["BulkPublishService"] = ["ListLastAsync", "PlanAsync"],
        ["ImportService"] = ["PlanAsync"],
        ["VendorGroupService"] = ["PlanAsync"],
        ["TwoFactorService"] = ["StateAsync", "NewOffer", "KeyOf"],
    };

    // In this order, since some build on others: the method, the action it records, and a call of it.
    private static readonly (string Method, string Action, Func<Walk, Task> Call)[] Changes =
    [
        ("AcknowledgementService.AcknowledgeAsync", "event.acknowledge", async w => await w.Get<AcknowledgementService>()
        .AcknowledgeAsync(await w.TellAsync(), w.Admin, Stop)),
        ("MuteService.MuteAsync", "problem.mute", async w => await w.Get<MuteService>()
        .MuteAsync(await w.TellAsync(), null, w.Admin, Stop)),
        ("MuteService.EndAsync", "problem.mute-end", async w => await w.Get<MuteService>()
        .EndAsync(w.Told, (await w.Get<MuteService>().ListAsync(w.Told, w.Admin, Stop))[0].Id, w.Admin, Stop)),
        ("PeopleService.InviteAsync", "person.invite", w => w.Get<PeopleService>()
            .InviteAsync("invited@example.test", Roles.Viewer, w.Admin, Stop)),
        ("PeopleService.CreateLinkAsync", "person.link", w => w.Get<PeopleService>().CreateLinkAsync(w.Person, w.Admin, Stop)),
        ("PeopleService.ChangeRoleAsync", "person.role", w => w.Get<PeopleService>()
        .ChangeRoleAsync(w.Person, Roles.Operator, w.Admin, Stop)),
        ("PeopleService.SetDisabledAsync", "person.disable", w => w.Get<PeopleService>().SetDisabledAsync(w.Person, true, w.Admin, Stop)),
        ("PeopleService.SignOutEverywhereAsync", "person.sign-out", w => w.Get<PeopleService>()
        .SignOutEverywhereAsync(w.Person, w.Admin, Stop)),
        ("PeopleService.RemoveAsync", "person.remove", w => w.Get<PeopleService>().RemoveAsync(w.Person, w.Admin, Stop)),
        ("KeyService.CreateApiKeyAsync", "api-key.create", w => w.Get<KeyService>()
        .CreateApiKeyAsync("Walk", ApiKeyScope.Ingest, null, w.Admin, Stop)),
        ("KeyService.CreateAccessKeyAsync", "access-key.create", w => w.Get<KeyService>().CreateAccessKeyAsync(null, w.Admin, Stop)),
        ("KeyService.RevokeApiKeyAsync", "api-key.revoke", w => w.Get<KeyService>().RevokeApiKeyAsync(2, w.Admin, Stop)),
        ("KeyService.RevokeApiKeysAsync", "api-key.revoke", async w =>
        {
            await w.Get<KeyService>().CreateApiKeyAsync("many", ApiKeyScope.Full, null, w.Admin, Stop);
            await w.Get<KeyService>().RevokeApiKeysAsync([3], w.Admin, Stop);
        }),
        ("KeyService.RevokeAccessKeyAsync", "access-key.revoke", w => w.Get<KeyService>().RevokeAccessKeyAsync(2, w.Admin, Stop)),
        ("SettingsService.SaveAsync", "setting.change", w => w.Get<SettingsService>()
        .SaveAsync(new Dictionary<string, string> { ["Retention:Days"] = "30" }, w.Admin, Stop)),
        ("AssetGroupService.AddAsync", "asset-group.create", w => w.Get<AssetGroupService>().AddAsync("41", "Payments", w.Admin, Stop)),
        ("AssetGroupService.RenameAsync", "asset-group.update", w => w.Get<AssetGroupService>()
        .RenameAsync(41, "Payments EU", w.Admin, Stop)),
        ("AuditRevertService.RevertAsync", "audit.revert", async w => await w.Get<AuditRevertService>().RevertAsync(
            (await w.App.AuditEntriesAsync()).Last(entry => entry.Action == "asset-group.update").Id, w.Admin, Stop)),
        ("AssetGroupService.RemoveAsync", "asset-group.delete", w => w.Get<AssetGroupService>().RemoveAsync(41, w.Admin, Stop)),
        ("SlackIntegrationService.SaveAsync", "slack-integration.update", async w => await w.Get<SlackIntegrationService>().SaveAsync(
            await w.SlackAsync(), await w.SlackModelAsync(model => model.SlackStop = true), w.Admin, Stop)),
        ("SlackOwnRules.SaveAsync", "slack-integration.update", w => w.Get<SlackOwnRules>()
            .SaveAsync(w.Slack, new OwnHearing(HighRules, null), w.Admin, Stop)),
        ("ChatbotOwnRules.SaveAsync", "dingtalk-chatbot.update", w => w.Get<ChatbotOwnRules>()
            .SaveAsync(w.Chatbot, new OwnHearing(HighRules, null), w.Admin, Stop)),
        ("RuleSetService.SaveAsync", "rule-set.create", w => w.Get<RuleSetService>()
            .SaveAsync(null, new RuleSetFormModel { Name = "Walk", Rules = HighRules }, w.Admin, Stop)),
        ("RuleSetService.DeleteAsync", "rule-set.delete", w => w.Get<RuleSetService>().DeleteAsync(1, w.Admin, Stop)),
        ("InhibitionService.SaveAsync", "inhibition.create", w => w.Get<InhibitionService>()
            .SaveAsync(null, new InhibitionFormModel { Name = "Walk", Problems = HighRules, Dependants = HighRules }, w.Admin, Stop)),
        ("InhibitionService.DeleteAsync", "inhibition.delete", w => w.Get<InhibitionService>().DeleteAsync(1, w.Admin, Stop)),
        ("SlackIntegrationService.SwitchAsync", "slack-integration.update", w => w.Get<SlackIntegrationService>()
        .SwitchAsync(w.Slack, false, w.Admin, Stop)),
        ("SlackIntegrationService.TagAsync", "slack-integration.update", w => w.Get<SlackIntegrationService>()
        .TagAsync(w.Slack, new TagChange("walk", true), w.Admin, Stop)),
        ("SlackIntegrationService.SetDeliveryAsync", "slack-integration.update", w => w.Get<SlackIntegrationService>()
        .SetDeliveryAsync(w.Slack, new DeliveryChange { IntervalMinutes = 7 }, w.Admin, Stop)),
        ("TagService.CreateAsync", "slack-integration.update", async w => await w.Get<TagService>().CreateAsync(new JsonObject
        {
            ["name"] = "walked", ["channels"] = new JsonArray($"slack/{(await w.SlackAsync()).Values.Name}"),
        }, w.Admin, Stop)),
        ("TagService.ChangeAsync", "slack-integration.update", async w =>
        {
            await w.Get<TagService>().CreateAsync(new JsonObject
            {
                ["name"] = "left", ["channels"] = new JsonArray($"dingtalk/{(await w.Bots.FindAsync(w.Chatbot, w.Admin, Stop))!.Name}"),
            }, w.Admin, Stop);
            await w.Get<TagService>().ChangeAsync("left", new JsonObject
            {
                ["channels"] = new JsonArray($"slack/{(await w.SlackAsync()).Values.Name}"),
            }, EntityTag.Any, w.Admin, Stop);
        }),
        ("TagService.DeleteAsync", "slack-integration.update", w => w.Get<TagService>()
            .DeleteAsync("walked", EntityTag.Any, w.Admin, Stop)),
        ("SlackTestService.SendAsync", "channel.test", w => w.Get<SlackTestService>().SendAsync(w.Slack, TestChoice.Newest, w.Admin, Stop)),
        ("SlackTestService.SendDraftAsync", "channel.test", async w => await w.Get<SlackTestService>().SendDraftAsync(
            await w.SlackAsync(), await w.SlackModelAsync(model => model.Token = TestChannels.SandboxToken),
            TestChoice.Newest, w.Admin, Stop)),
        ("SlackTestService.JoinAsync", "slack-channel.join", async w => await w.Get<SlackTestService>()
        .JoinAsync(await w.SlackAsync(), await w.SlackModelAsync(_ => { }), w.Admin, Stop)),
        ("DingTalkChatbotService.SaveAsync", "dingtalk-chatbot.update",
        w => w.Bots.SaveAsync(new ChatbotChange { Id = w.Chatbot, Name = "Renamed" }, w.Admin, Stop)),
        ("DingTalkChatbotService.SwitchAsync", "dingtalk-chatbot.update", w => w.Bots.SwitchAsync([w.Chatbot], false, w.Admin, Stop)),
        ("DingTalkChatbotService.TagAsync", "dingtalk-chatbot.update",
        w => w.Bots.TagAsync(w.Chatbot, new TagChange("walk", true), w.Admin, Stop)),
        ("DingTalkChatbotService.SetDeliveryAsync", "dingtalk-chatbot.update",
        w => w.Bots.SetDeliveryAsync(w.Chatbot, new DeliveryChange { IntervalMinutes = 7 }, w.Admin, Stop)),
        ("DingTalkChatbotService.TestAsync", "channel.test", w => w.Bots.TestAsync(w.Chatbot, TestChoice.Newest, w.Admin, Stop)),
        ("DingTalkChatbotService.TestDraftAsync", "channel.test",
        w => w.Bots.TestDraftAsync(new ChatbotChange { Id = w.Chatbot, Name = "Renamed" }, TestChoice.Newest, w.Admin, Stop)),
        ("DeliveryDesk.SendTestAsync", "channel.test", async w => await w.Get<IDeliveryDesk>()
        .SendTestAsync((await w.Get<DingTalkChannel>().FindAsync(w.Chatbot, Stop))!, TestChoice.Newest, w.Admin, Stop)),
        ("DeliveryDesk.TryAgainAsync", "channel.try-again", w => w.Get<IDeliveryDesk>()
        .TryAgainAsync(new ChannelKey(ChannelKind.DingTalk, w.Chatbot), w.Admin, Stop)),
        ("PauseService.SnoozeAsync", "channel.snooze", w => w.Get<PauseService>().SnoozeAsync(
            new ChannelKey(ChannelKind.DingTalk, w.Chatbot),
            new SnoozeRequest(DateTimeOffset.UtcNow.AddHours(1), "walk", PauseOutcome.Summary, false), w.Admin, Stop)),
        ("PauseService.EndAsync", "channel.snooze-end", w => w.Get<PauseService>()
        .EndAsync(new ChannelKey(ChannelKind.DingTalk, w.Chatbot), w.Admin, Stop)),
        ("MaintenanceService.AddAsync", "maintenance.create", w => w.Get<MaintenanceService>().AddAsync(
            new MaintenanceRequest("walk", null, DateTimeOffset.UtcNow.AddHours(1), "", "walk", PauseOutcome.Summary, false),
            w.Admin, Stop)),
        ("MaintenanceService.ChangeAsync", "maintenance.update", w => w.Get<MaintenanceService>().ChangeAsync(
            1, new MaintenanceRequest("walk", null, DateTimeOffset.UtcNow.AddHours(2), "UTC", "walk", PauseOutcome.Drop, true),
            w.Admin, Stop)),
        ("MaintenanceService.EndAsync", "maintenance.end", w => w.Get<MaintenanceService>().EndAsync(1, w.Admin, Stop)),
        ("DeliveryService.TryChannelAgainAsync", "channel.try-again", w => w.Get<DeliveryService>()
        .TryChannelAgainAsync(new ChannelKey(ChannelKind.DingTalk, w.Chatbot), w.Admin, Stop)),
        ("DeliveryService.SendAgainAsync", "delivery.send-again", async w => await w.Get<DeliveryService>().SendAgainAsync(
            new SendAgainTarget { Ids = [(await w.App.DeliveriesAsync())[0].Id] }, true, w.Admin, Stop)),
        ("SlackIntegrationService.DeleteAsync", "slack-integration.delete", w => w.Get<SlackIntegrationService>()
        .DeleteAsync(w.Slack, w.Admin, Stop)),
        ("DingTalkChatbotService.DeleteAsync", "dingtalk-chatbot.delete", w => w.Bots.DeleteAsync([w.Chatbot], w.Admin, Stop)),
        ("FunctionAccessService.AddAsync", "function-access.add", w => w.Get<FunctionAccessService>()
        .AddAsync(w.Workspace, "Report", new FunctionName(SlackSeeds.NamedFunction, null, null), w.Admin, Stop)),
        ("FunctionAccessService.RenameAsync", "function-access.rename", w => w.Get<FunctionAccessService>()
        .RenameAsync(1, "Reports", w.Admin, Stop)),
        ("FunctionAccessService.AcceptAsync", "function-access.accept", async w => await w.Get<FunctionAccessService>()
        .AcceptAsync(1, (await w.FunctionAsync()).Now!.Basis, w.Admin, Stop)),
        ("AccessChangeService.ApplyAsync", "function-access.apply", async w => await w.Get<AccessChangeService>().WaitAsync(
            (await w.Get<AccessChangeService>().ApplyAsync(1, (await w.FunctionAsync()).Wanted, null, w.Admin, Stop))!.Value.Run.Id,
            TimeSpan.FromSeconds(20), w.Admin, Stop)),
        ("AccessChangeService.ApplyAllAsync", "function-access.apply", async w => await w.Get<AccessChangeService>().WaitAsync(
            (await w.Get<AccessChangeService>()
            .ApplyAllAsync([new AccessOrder(1, (await w.FunctionAsync()).Wanted, null)], null, w.Admin, Stop))[0].Id,
            TimeSpan.FromSeconds(20), w.Admin, Stop)),
        ("FunctionAccessService.RemoveAsync", "function-access.remove", w => w.Get<FunctionAccessService>().RemoveAsync(1, w.Admin, Stop)),
        ("FunctionAccessService.AddUnaskedAsync", "function-access.add", async w =>
        {
            await w.Get<FunctionAccessService>().AddUnaskedAsync(w.Workspace, "Report",
                new FunctionName(SlackSeeds.NamedFunction, null, null), AccessList.Of(PermissionTypes.Everyone), w.Admin, Stop);
            // A workspace is not deleted while a function of it is managed.
            await w.Get<FunctionAccessService>().RemoveAsync(
                (await w.Get<FunctionAccessService>().ListAsync(w.Admin, Stop)).Single().Id, w.Admin, Stop);
        }),
        ("SlackWorkspaceService.SaveAsync", "slack-workspace.update", async w => await w.Get<SlackWorkspaceService>().SaveAsync(
            await w.Get<SlackWorkspaceService>().FindAsync(w.Workspace, w.Admin, Stop), new SlackWorkspaceFormModel { Name = "Renamed" },
            w.Admin, Stop)),
        ("SlackWorkspaceService.SaveUnaskedAsync", "slack-workspace.update", async w => await w.Get<SlackWorkspaceService>()
            .SaveUnaskedAsync(await w.Get<SlackWorkspaceService>().FindAsync(w.Workspace, w.Admin, Stop),
                new SlackWorkspaceFormModel { Name = "Renamed by a file" }, w.Admin, Stop)),
        ("SlackWorkspaceService.CheckAsync", "slack-workspace.check", w => w.Get<SlackWorkspaceService>()
        .CheckAsync(w.Workspace, w.Admin, Stop)),
        ("SlackWorkspaceService.RenewAsync", "slack-workspace.renew", w => w.Get<SlackWorkspaceService>()
        .RenewAsync(w.Workspace, w.Admin, Stop)),
        ("SlackWorkspaceService.ReadPeopleAsync", "slack-workspace.read-people", w => w.Get<SlackWorkspaceService>()
        .ReadPeopleAsync(w.Workspace, w.Admin, Stop)),
        ("SlackWorkspaceService.RemovePairAsync", "slack-workspace.update", w => w.Get<SlackWorkspaceService>()
        .RemovePairAsync(w.Workspace, w.Admin, Stop)),
        ("SlackWorkspaceService.ConnectAgainAsync", "slack-workspace.connect", w => w.Get<SlackWorkspaceService>()
        .ConnectAgainAsync(w.Workspace, w.Admin, Stop)),
        ("SlackWorkspaceService.RemoveAppTokenAsync", "slack-workspace.update", w => w.Get<SlackWorkspaceService>()
        .RemoveAppTokenAsync(w.Workspace, w.Admin, Stop)),
        ("SlackWorkspaceService.DeleteAsync", "slack-workspace.delete", w => w.Get<SlackWorkspaceService>()
        .DeleteAsync(w.Workspace, w.Admin, Stop)),
        ("SourceService.CreateAsync", "source.create", w => w.Get<SourceService>().CreateAsync(new SourceDraft
        {
            Name = "Walk", Kind = "generic", Proof = SourceProof.Hmac, Secret = "walk-secret", SignatureHeader = "X-Signature",
            SignatureAlgorithm = SignatureAlgorithm.Sha512, AllowedAddresses = ["10.0.0.0/8"], PerMinute = 5, IsOn = false,
            Mapping = """{"fields":{"title":"/title"}}""",
        }, w.Admin, Stop)),
        ("SourceService.ChangeAsync", "source.update",
            w => w.Get<SourceService>().ChangeAsync(1, new SourceDraft { Name = "Renamed", Mapping = "" }, w.Admin, Stop)),
        ("SourceFormService.SaveAsync", "source.update", async w =>
        {
            var source = (await w.Get<SourceFormService>().FindAsync(1, w.Admin, Stop))!;
            var typed = source.Values;
            typed.Name = "Saved on its page";
            await w.Get<SourceFormService>().SaveAsync(source, typed, w.Admin, Stop);
        }),
        ("SourceFormService.SaveMappingAsync", "source.update", w => w.Get<SourceFormService>()
            .SaveMappingAsync(1, """{"fields":{"title":"/headline"}}""", null, null, w.Admin, Stop)),
        ("MapAgainService.MapNextAsync", "source.map-again", async w =>
        {
            await UnmappedAsync(w, "[1]");
            await w.Get<MapAgainService>().MapNextAsync(1, 0, w.Admin, Stop);
        }),
        ("MapAgainService.MapOneAsync", "source.map-again", async w => await w.Get<MapAgainService>()
            .MapOneAsync(await UnmappedAsync(w, "[2]"), w.Admin, Stop)),
        ("SourcePollService.PollNowAsync", "source.poll", async w => await w.Get<SourcePollService>()
            .PollNowAsync(await PolledSourceAsync(w), w.Admin, Stop)),
        ("SourceService.RotateAsync", "source.rotate", w => w.Get<SourceService>().RotateAsync(1, null, w.Admin, Stop)),
        ("SourceService.DeleteAsync", "source.delete", w => w.Get<SourceService>().DeleteAsync(1, w.Admin, Stop)),
        ("VendorAccountService.SaveAsync", "vendor-account.create", w => w.Get<VendorAccountService>().SaveAsync(null,
            new VendorAccountFormModel
            {
                Name = "Walk", Endpoint = w.Get<VendorAccountService>().ListEndpoints(VendorKind.SecurityCenter, w.Admin)[0], AccessKeyId = "walk",
                AccessKeySecret = "walk-secret",
            }, w.Admin, Stop)),
        ("VendorAccountService.CheckAsync", "vendor-account.check", w => w.Get<VendorAccountService>().CheckAsync(1, w.Admin, Stop)),
        ("VendorAccountService.DeleteAsync", "vendor-account.delete", w => w.Get<VendorAccountService>().DeleteAsync(1, w.Admin, Stop)),
        ("ConfigService.ApplyAsync", "config.apply", w => w.Get<ConfigService>()
            .ApplyAsync("{version: 1, assetGroups: [{id: 43, name: From a file}]}", false, null, w.Admin, Stop)),
        ("ConfigService.ProvisionAsync", "config.apply", w => w.Get<ConfigService>()
            .ProvisionAsync("walk.yaml", "walk", "{version: 1, assetGroups: [{id: 45, name: From a directory}]}", w.Admin, Stop)),
        ("ObjectService.CreateAsync", "asset-group.create", w => w.Get<ObjectService>()
            .CreateAsync("assetGroups", new JsonObject { ["id"] = 44, ["name"] = "By a script" }, w.Admin, Stop)),
        ("ObjectService.ChangeAsync", "asset-group.update", w => w.Get<ObjectService>()
            .ChangeAsync("assetGroups", 44, new JsonObject { ["name"] = "By a script, again" }, EntityTag.Any, w.Admin, Stop)),
        ("ObjectService.DeleteAsync", "asset-group.delete", w => w.Get<ObjectService>()
            .DeleteAsync("assetGroups", 44, EntityTag.Any, w.Admin, Stop)),
        ("AuditService.VerifyAsync", "audit.verify", w => w.Get<AuditService>().VerifyAsync(null, w.Admin, Stop)),
        ("AuditService.ExportAsync", "audit.export", async w => await w.Get<AuditService>()
        .ExportAsync(AuditFilter.None, AuditFormat.Csv, w.Admin, Stop).FirstAsync(Stop)),
        ("PeopleService.ExportAsync", "people.export", async w => await w.Get<PeopleService>()
            .ExportAsync(new(), w.Admin, Stop).FirstAsync(Stop)),
        ("ConfigService.ExportAsync", "config.export", w => w.Get<ConfigService>().ExportAsync(w.Admin, Stop)),
        ("DisplayService.SaveAsync", "person.display", w => w.Get<DisplayService>()
        .SaveAsync(new PersonDisplay("en", "Asia/Tokyo", "dark"), w.Admin, Stop)),
        ("SessionService.LogOutAsync", "person.log-out",
        async w => (await NotifyAdminApp.SubmitLogoutAsync(await w.App.SignInAsAsync(Roles.Viewer))).Dispose()),
        ("PasswordService.ChangeAsync", "person.change-password",
        async w => (await NotifyAdminApp.SubmitFormAsync(await w.App.SignInAsAsync(Roles.Operator), "Account/Password",
            ("Current", NotifyAdminSettings.AdminPassword), ("Password", "another horse battery"), ("Repeat", "another horse battery")))
            .Dispose()),
    ];

    // What needs a phone, a second session or a plan first: the tests that see its entry.
    private static readonly Dictionary<string, string> Elsewhere = new()
    {
        ["PublishService.AcceptAsync"] = nameof(PublishTests),
        ["PublishService.ApplyAsync"] = nameof(PublishTests),
        ["PublishService.LinkAsync"] = nameof(PublishTests),
        ["PublishService.RemoveAsync"] = nameof(PublishTests),
        ["PublishService.UnlinkAsync"] = nameof(PublishTests),
        ["ChatbotPublishing.AcceptAsync"] = "asks DingTalkChatbotService.SaveAsync",
        ["BulkPublishService.OrderAsync"] = nameof(BulkPublishTests),
        ["BulkPublishService.CarryOutAsync"] = nameof(BulkPublishTests),
        ["BulkPublishService.CarryOutUnawaited"] = nameof(BulkPublishTests),
        ["BulkAccessService.ApplyAsync"] = "hands each order to AccessChangeService.ApplyAllAsync",
        ["DeliveryService.TryChannelsAgainAsync"] = "asks DeliveryDesk.TryAgainAsync for each channel",
        ["DingTalkChatbotService.TakeTestAsync"] = "the test is on record since the draft was tested",
        ["LinkMailService.SendAsync"] = nameof(LinkMailTests),
        ["PasskeyService.AddAsync"] = nameof(PasskeyTests),
        ["PasskeyService.RemoveAsync"] = nameof(PasskeyTests),
        ["PeopleService.ResetTwoFactorAsync"] = nameof(TwoFactorTests),
        ["SlackTestService.TakeTestAsync"] = "the test is on record since the draft was tested",
        ["SessionService.EndAsync"] = nameof(SessionTests),
        ["SessionService.EndOthersAsync"] = nameof(SessionTests),
        ["TwoFactorCodes.CheckAsync"] = nameof(TwoFactorTests),
        ["ImportService.ImportAsync"] = nameof(ImportTests),
        ["VendorGroupService.TakeAsync"] = nameof(VendorGroupTests),
        ["UnmappedEvents.MapAgainAsync"] = "asks MapAgainService.MapOneAsync",
        ["TwoFactorService.TurnOnAsync"] = nameof(TwoFactorTests),
        ["TwoFactorService.ReplaceRecoveryCodesAsync"] = nameof(TwoFactorTests),
        ["TwoFactorService.TurnOffAsync"] = nameof(TwoFactorTests),
    };

    // Endpoints that hand over to one of the methods above, or are called here, or need no entry.
    private static readonly Dictionary<string, string> Endpoints = new()
    {
        ["POST /api/events"] = "Events are the record themselves, with their deliveries.",
        ["POST /in"] = "Events are the record themselves, with their deliveries.",
        ["POST /in/{key}"] = "Events are the record themselves, with their deliveries.",
        ["POST /robot/send"] = "Events are the record themselves, with their deliveries.",
        ["POST /services/{a}/{b}/{c}"] = "Events are the record themselves, with their deliveries.",
        ["PUT /api/channels/{kind}/{id:int}/rules"] = "SlackOwnRules.SaveAsync",
        ["POST /api/channels/slack"] = "ObjectService.CreateAsync",
        ["PATCH /api/channels/slack/{id:int}"] = "ObjectService.ChangeAsync",
        ["DELETE /api/channels/slack/{id:int}"] = "ObjectService.DeleteAsync",
        ["POST /api/channels/dingtalk"] = "ObjectService.CreateAsync",
        ["PATCH /api/channels/dingtalk/{id:int}"] = "ObjectService.ChangeAsync",
        ["DELETE /api/channels/dingtalk/{id:int}"] = "ObjectService.DeleteAsync",
        ["POST /api/tags"] = "TagService.CreateAsync",
        ["PATCH /api/tags/{name}"] = "TagService.ChangeAsync",
        ["DELETE /api/tags/{name}"] = "TagService.DeleteAsync",
        ["POST /api/accounts/{id:int}/publish/plan"] = "Changes nothing: plans.",
        ["POST /api/accounts/{id:int}/publish"] = "Each channel's publishing is an entry: BulkPublishTests.",
        ["POST /api/accounts"] = "ObjectService.CreateAsync",
        ["PATCH /api/accounts/{id:int}"] = "ObjectService.ChangeAsync",
        ["DELETE /api/accounts/{id:int}"] = "ObjectService.DeleteAsync",
        ["POST /api/asset-groups"] = "ObjectService.CreateAsync",
        ["PATCH /api/asset-groups/{id:int}"] = "ObjectService.ChangeAsync",
        ["DELETE /api/asset-groups/{id:int}"] = "ObjectService.DeleteAsync",
        ["POST /api/accounts/{id:int}/chatbots"] = "The chatbot's own entries: ImportTests.",
        ["POST /api/accounts/{id:int}/asset-groups"] = "Each name is an entry of its asset group: VendorGroupTests.",
        ["POST /api/inhibitions"] = "ObjectService.CreateAsync",
        ["PATCH /api/inhibitions/{id:int}"] = "ObjectService.ChangeAsync",
        ["DELETE /api/inhibitions/{id:int}"] = "ObjectService.DeleteAsync",
        ["POST /api/rule-sets"] = "RuleSetService.SaveAsync",
        ["PUT /api/rule-sets/{id:int}"] = "RuleSetService.SaveAsync",
        ["DELETE /api/rule-sets/{id:int}"] = "RuleSetService.DeleteAsync",
        ["POST /api/config/plan"] = "A question: it says what a file would change.",
        ["PUT /api/config"] = "ConfigService.ApplyAsync",
        ["POST /api/maintenance"] = "MaintenanceService.AddAsync",
        ["PUT /api/maintenance/{id:int}"] = "MaintenanceService.ChangeAsync",
        ["DELETE /api/maintenance/{id:int}"] = "MaintenanceService.EndAsync",
        ["POST /api/sources"] = "SourceService.CreateAsync",
        ["PATCH /api/sources/{id:int}"] = "SourceService.ChangeAsync",
        ["DELETE /api/sources/{id:int}"] = "SourceService.DeleteAsync",
        ["POST /api/sources/{id:int}/poll"] = "SourcePollService.PollNowAsync",
        ["POST /api/sources/{id:int}/map-again"] = "MapAgainService.MapNextAsync",
        ["POST /api/sources/{id:int}/rotate"] = "SourceService.RotateAsync",
        ["GET PUT PATCH DELETE /api/UpdateSlack"] = "Answers that only POST is there.",
        ["GET PUT PATCH DELETE /UpdateSlack"] = "Answers that only POST is there.",
        ["POST /UpdateSlack"] = "The same as POST /api/UpdateSlack.",
        ["GET POST /culture"] = "A cookie of the browser.",
        ["GET POST /theme"] = "A cookie of the browser.",
        ["POST /api/slack-workspaces"] = "SlackWorkspaceService.SaveAsync",
        ["PATCH /api/slack-workspaces/{id:int}"] = "SlackWorkspaceService.SaveAsync",
        ["POST /api/slack-workspaces/{id:int}/check"] = "SlackWorkspaceService.CheckAsync",
        ["POST /api/slack-workspaces/{id:int}/renew"] = "SlackWorkspaceService.RenewAsync",
        ["POST /api/slack-workspaces/{id:int}/people/read"] = "SlackWorkspaceService.ReadPeopleAsync",
        ["DELETE /api/slack-workspaces/{id:int}"] = "SlackWorkspaceService.DeleteAsync",
        ["POST /api/function-access"] = "FunctionAccessService.AddAsync",
        ["PATCH /api/function-access/{id:int}"] = "FunctionAccessService.RenameAsync",
        ["DELETE /api/function-access/{id:int}"] = "FunctionAccessService.RemoveAsync",
        ["POST /api/function-access/{id:int}/plan"] = "Changes nothing.",
        ["POST /api/function-access/{id:int}/apply"] = "AccessChangeService.ApplyAsync",
        ["POST /api/function-access/{id:int}/check"] = "Changes nothing: reads Slack.",
        ["POST /api/function-access/{id:int}/accept"] = "FunctionAccessService.AcceptAsync",
        ["POST /api/function-access/bulk/plan"] = "Changes nothing.",
        ["POST /api/function-access/bulk/apply"] = "AccessChangeService.ApplyAllAsync",
        ["POST /api/function-access/import"] = "Changes nothing: plans.",
        ["POST /api/function-access/import/apply"] = "AccessChangeService.ApplyAllAsync",
        ["POST /api/function-access/check"] = "Changes nothing: has Slack read.",
        ["POST /Account/Display"] = "DisplayService.SaveAsync",
        ["POST /Account/Logout"] = "SessionService.LogOutAsync",
        ["POST /Account/Passkeys/CreationOptions"] = "Changes nothing.",
        ["POST /Account/Passkeys/RequestOptions"] = "Changes nothing.",
        ["POST /Account/Passkeys/Add"] = "A browser's passkey: PasskeyTests.",
        ["POST /Account/Passkeys/LogIn"] = "Logging in: PasskeyTests.",
        ["page CodePage"] = "The second step of logging in: TwoFactorTests.",
        ["page TwoFactorPage"] = "Turns the second factor on and off: TwoFactorTests.",
        ["page PasswordPage"] = "PasswordService.ChangeAsync",
    };

    private static readonly (string Endpoint, string Action, Func<Walk, Task> Call)[] CalledEndpoints =
    [
        ("POST /api/UpdateSlack", "slack-integration.create",
            async w => (await w.App.CreateClient().PostAsync("api/UpdateSlack", System.Net.Http.Json.JsonContent.Create(
            new { apiKey = NotifyAdminSettings.ApiKey, channelId = "C0WALK00001", slackToken = TestChannels.SandboxToken }), Stop))
            .Dispose()),
        ("page LoginPage", "person.log-in",
        async w => (await NotifyAdminApp.SubmitLoginAsync(w.App.CreateClient(), NotifyAdminSettings.AdminEmail, "a wrong password"))
        .Dispose()),
        ("page AcceptPage", "person.accept", async w =>
        {
            var link = (await w.Get<PeopleService>().InviteAsync("accepts@example.test", Roles.Viewer, w.Admin, Stop)).Link!;
            (await NotifyAdminApp.SubmitFormAsync(w.App.CreateClient(), link, ("Password", "another horse battery"),
                ("Repeat", "another horse battery"))).Dispose();
        }),
    ];

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public void Methods_ThatTakeAnActor_AreAllInTheTable()
    {
        var known = Reads.SelectMany(service => service.Value.Select(method => $"{service.Key}.{method}"))
            .Concat(Changes.Select(change => change.Method)).Concat(Elsewhere.Keys);

        ProductSurface.ActorMethods().Select(methods => methods.Key).Order().ShouldBe(known.Distinct().Order());
    }

    [Fact]
    public async Task Changes_AllOfThem_WriteTheirEntry()
    {
        await using var walk = await Walk.StartAsync();
        var silent = new List<string>();
        foreach (var (name, action, call) in Changes.Concat(CalledEndpoints))
        {
            var before = (await walk.App.AuditEntriesAsync()).Select(entry => entry.Id).ToHashSet();
            await call(walk);
            var written = (await walk.App.AuditEntriesAsync()).Where(entry => !before.Contains(entry.Id)).ToList();
            if (!written.Exists(entry => entry.Action == action && entry.ActorName.Length > 0 && entry.Origin.Length > 0))
            {
                silent.Add($"{name} wrote no {action}, but {string.Join(", ", written.Select(entry => $"{entry.Action} {entry.Result}"))}");
            }
        }

        silent.ShouldBeEmpty();
        // Both languages have the same texts.
        var texts = walk.Get<IStringLocalizer<AuditText>>();
        (await walk.App.AuditEntriesAsync()).SelectMany(AuditTrail.ChangesOf).Select(change => change.Field).Distinct()
            .Where(field => texts[$"Field.{field}"].ResourceNotFound).ShouldBeEmpty("fields without words in AuditText");
    }

    [Fact]
    public async Task Setup_WrongCode_IsRecorded()
    {
        await using var app = await NotifyAdminApp.StartAsync(new NotifyAdminSettings { WithAdmin = false });

        (await NotifyAdminApp.SubmitFormAsync(
            app.CreateClient(), "setup", ("Code", "wrong"), ("Email", "a@example.test"), ("Password", "another horse battery"),
            ("Repeat", "another horse battery"))).Dispose();

        (await app.AuditActionsAsync()).ShouldContain("setup.code");
    }

    [Fact]
    public async Task Endpoints_ThatChangeSomething_AreAllInTheTable()
    {
        await using var app = await NotifyAdminApp.StartAsync();

        var found = ProductSurface.Endpoints(app).SelectMany(endpoints => endpoints).Select(NameOf).OfType<string>().Distinct();

        found.Order().ShouldBe(Endpoints.Keys.Concat(CalledEndpoints.Select(one => one.Endpoint)).Append("page SetupPage").Order());
        Endpoints.Values.Where(value => value.Contains("Service.", StringComparison.Ordinal))
            .Except(Changes.Select(change => change.Method)).ShouldBeEmpty();
    }

    // A payload of the walk's source that cannot be mapped.
    private static async Task<int> PolledSourceAsync(Walk walk)
    {
        var source = new Source
        {
            Name = "Polled", Kind = SourceKinds.SecurityCenter, KeyHash = "polled", KeyLastFour = "lled", Polls = "vul:60",
        };
        await using var context = await walk.Get<IDbContextFactory<NotifyDbContext>>().CreateDbContextAsync(Stop);
        context.Sources.Add(source);
        await context.SaveChangesAsync(Stop);
        return source.Id;
    }

    private static async Task<long> UnmappedAsync(Walk walk, string body)
    {
        var source = (await walk.Get<SourceService>().FindAsync(1, walk.Admin, Stop))!;
        await walk.Get<SourceIntake>().TakeMappedAsync(source, new DefaultHttpContext().Request, Encoding.UTF8.GetBytes(body));
        return (await walk.Get<UnmappedStore>().ListAsync(1, 0, 10, Stop))[^1];
    }

    private static string? NameOf(RouteEndpoint endpoint)
    {
        if (ProductSurface.PageOf(endpoint) is { } page)
        {
            // Interactive pages take no forms: what they change goes through services.
            return page.GetProperties(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic)
                .Any(property => property.IsDefined(typeof(SupplyParameterFromFormAttribute)))
                ? $"page {page.Name}"
                : null;
        }

        var name = ProductSurface.NameOf(endpoint);
        return name.Contains("/_blazor", StringComparison.Ordinal) || name.Contains("/_framework", StringComparison.Ordinal)
            || !ProductSurface.MethodsOf(endpoint).Any(method => method is "POST" or "PUT" or "PATCH" or "DELETE")
                ? null
                : name;
    }

    private sealed class Walk : IAsyncDisposable
    {
        private Walk(NotifyAdminApp app) => App = app;

        public NotifyAdminApp App { get; }

        public Actor Admin { get; private set; } = Actor.System;

        public string Person { get; private set; } = "";

        public int Slack { get; private set; }

        public int Chatbot { get; private set; }

        public int Workspace { get; private set; }

        public DingTalkChatbotService Bots => Get<DingTalkChatbotService>();

        public static async Task<Walk> StartAsync()
        {
            var app = await NotifyAdminApp.StartAsync(new NotifyAdminSettings
            {
                WithSandbox = true,
                Configuration = new Dictionary<string, string> { ["Delivery:SlackPerSecond"] = "0", ["Delivery:DingTalkPerMinute"] = "0" },
            });
            var walk = new Walk(app)
            {
                Admin = await app.AdminActorAsync(),
                Person = await app.CreatePersonAsync("walker@example.test", Roles.Viewer),
                Slack = await app.AddSlackIntegrationAsync("C0ALERTS01"),
                Chatbot = await app.AddChatbotAsync(RobotSeeds.SignedToken,
                change => change with { Security = new SecurityChange(RobotSecurityMode.Signature, RobotSeeds.SignedSecret, null) }),
                Workspace = await app.AddWorkspaceAsync(appToken: TestWorkspaces.AppToken),
            };
            (await app.PostEventAsync("scan.completed", new { avgThreat = "High" })).EnsureSuccessStatusCode();
            await app.WaitForDeliveriesAsync(deliveries => deliveries.Count > 0
                && deliveries.All(delivery => delivery.State == DeliveryState.Sent));
            return walk;
        }

        public ChannelKey Told => new(ChannelKind.Slack, Slack);

        /// <summary>A message about a problem that lasts.</summary>
        public async Task<PressedMessage> TellAsync()
        {
            (await App.PostEventAsync("com.example.alert", new { title = "Disk", problem = Guid.NewGuid(), state = "open" }))
                .EnsureSuccessStatusCode();
            var delivery = (await App.WaitForDeliveriesAsync(all => all[^1].State == DeliveryState.Sent))
                .Last(d => d.ChannelKind == ChannelKind.Slack);
            return new PressedMessage(Told, ShortIds.OfDelivery(delivery.Id), "C0ALERTS01", App.Sandbox.Messages.All[^1].Id!);
        }

        public T Get<T>()
            where T : notnull => App.Services.GetRequiredService<T>();

        public async Task<SlackIntegrationView> SlackAsync() => (await Get<SlackIntegrationService>().FindAsync(Slack, Admin, Stop))!;

        public async Task<SlackIntegrationFormModel> SlackModelAsync(Action<SlackIntegrationFormModel> change)
        {
            var model = (await SlackAsync()).Values.Copy();
            change(model);
            return model;
        }

        public async Task<ManagedFunction> FunctionAsync() => (await Get<FunctionAccessService>().FindAsync(1, Admin, Stop))!;

        public ValueTask DisposeAsync() => App.DisposeAsync();
    }
}
