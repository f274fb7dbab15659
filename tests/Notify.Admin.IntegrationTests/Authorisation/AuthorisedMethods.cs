using Notify.Admin.Security;

namespace Notify.Admin.IntegrationTests.Authorisation;

/// <summary>The matrix, first half: the policy that each service method demands of its <see cref="Actor"/>.</summary>
internal static class AuthorisedMethods
{
    /// <summary>No role is demanded: it only reaches what belongs to the person whose session calls it, or a policy is demanded further
    /// on.</summary>
    public const string Own = "Own";

    public static readonly IReadOnlyDictionary<string, string[]> ByPolicy = new Dictionary<string, string[]>
    {
        [Policies.View] =
        [
            "AccessChangeService.LatestAsync", "AccessChangeService.ListBulkAsync", "AccessChangeService.ListOrderedAsync",
                "AccessChangeService.WaitAsync", "AccessChangeService.WaitBulkAsync",
            "AccessFileService.ExportAsync",
            "AssetGroupService.ListAsync",
            "BellService.GetAsync", "BellService.SeeAsync", "BellService.Watch",
            "BulkAccessService.CompareAsync", "BulkAccessService.PlanCopyAsync", "BulkAccessService.PlanListsAsync",
            "BulkAccessService.PlanPersonAsync",
            "ChatbotOwnRules.FindAsync", "SlackOwnRules.FindAsync",
            "RuleSetService.FindAsync", "RuleSetService.ListAsync", "RuleSetService.ListUsesAsync", "StoredRuleSets.ListAsync",
            "InhibitionService.FindAsync", "InhibitionService.ListAsync",
            "ChatbotStatusService.ExportAsync", "ChatbotStatusService.FindNeighboursAsync",
            "ChatbotStatusService.ListAsync", "ChatbotStatusService.ListNamesAsync",
            "DeliveryDesk.ExplainTestEventAsync", "DeliveryDesk.FindStandingAsync", "DeliveryDesk.FindTestEventAsync",
            "DeliveryDesk.ListChannelsAsync", "DeliveryDesk.ListTagsAsync", "DeliveryDesk.ListTestEventsAsync",
            "ChannelActivityService.GetAsync",
            "DeliveryService.AttemptsAsync", "DeliveryService.ChannelNamesAsync", "DeliveryService.CountNewAsync",
            "DeliveryService.FindAsync",
            "DeliveryService.ListAsync", "DeliveryService.RefreshAsync",
            "DingTalkChatbotService.FindAsync", "DingTalkChatbotService.FindPageAsync", "DingTalkChatbotService.GroupUsesAsync",
                "DingTalkChatbotService.ListDeliveryAsync",
            "EventService.CountNewAsync", "EventService.FindAsync", "EventService.FindNamedAsync",
            "EventService.ListAsync", "EventService.ListSourcesAsync", "EventService.RefreshAsync",
            "FindService.FindAsync",
            "FunctionAccessService.CountDueAsync", "FunctionAccessService.FindAsync", "FunctionAccessService.HistoryAsync",
            "FunctionAccessService.ListAsync",
            "FunctionAccessService.ListPageAsync",
            "FunctionAccessService.ListWholeAsync", "FunctionAccessService.ListWorkspacesAsync",
            "FunctionAccessService.PeopleAsync", "FunctionAccessService.SearchPeopleAsync",
            "FunctionAccessService.TeamsAsync",
            "OverviewService.CountAsync", "OverviewService.GetAsync",
            "MaintenanceService.ListAsync", "MonthlyUseService.FindAsync", "MuteService.ListAsync",
            "ObjectService.FindAsync", "ObjectService.ListAsync", "TagService.FindAsync", "TagService.ListAsync",
            "PauseService.FindAsync", "PauseService.ListAsync",
            "PastEventService.CountAsync", "PastEventService.FindAsync", "PastEventService.ListNewestAsync",
            "PastEventService.ListSilentAsync",
            "SlackIntegrationService.ExportAsync",
            "SlackIntegrationService.FindAsync", "SlackIntegrationService.ListAsync", "SlackIntegrationService.ListConnectionsAsync",
            "SlackIntegrationService.ListDeliveryAsync", "SlackIntegrationService.ListNamesAsync",
            "PublishService.FindAsync", "PublishService.FindFileAsync", "PublishService.VendorOf",
            "SlackWorkspaceService.FindAsync", "SlackWorkspaceService.FindReadingAsync", "SlackWorkspaceService.FindSocketAsync",
            "SlackWorkspaceService.ListAsync",
            "SlackWorkspaceService.ListTeamsAsync",
            "SlackWorkspaceService.ListUsesAsync", "SlackWorkspaceService.SearchPeopleAsync",
            "MapAgainService.CountAsync", "MapAgainService.CountOfAsync",
            "SourceFormService.FindAsync", "SourceFormService.ListAsync",
            "SourcePollService.ListAccountsAsync", "SourcePollService.ListAsync",
            "SourceService.FindAsync", "SourceService.ListAsync",
            "CoverageService.CountAsync", "CoverageService.GetAsync", "CoverageService.OpenAsync", "SimulationService.CompareAsync",
            "SimulationService.PlanAsync",
            "WhereToService.AskAsync", "WhereToService.DrawAsync", "WhereToService.FindAsync", "WhereToService.ReadAsync",
            // Everybody's own display, keys, passkeys, sessions and second factor; an Admin may also revoke the keys of others.
            "DisplayService.GetAsync", "DisplayService.SaveAsync",
            "KeyService.CreateAccessKeyAsync", "KeyService.CreateApiKeyAsync", "KeyService.RevokeAccessKeyAsync",
            "KeyService.RevokeApiKeyAsync",
            "PasskeyService.AddAsync", "PasskeyService.CreationOptionsAsync", "PasskeyService.ListAsync", "PasskeyService.RemoveAsync",
            "SessionService.EndAsync", "SessionService.EndOthersAsync", "SessionService.ListAsync",
            "TwoFactorService.NewOffer", "TwoFactorService.ReplaceRecoveryCodesAsync", "TwoFactorService.StateAsync",
            "TwoFactorService.TurnOffAsync", "TwoFactorService.TurnOnAsync",
        ],
        [Policies.Operate] =
        [
            "AccessChangeService.PlanAsync",
            "AccessFileService.PlanAsync",
            "DeliveryDesk.SendTestAsync", "DeliveryDesk.TryAgainAsync",
            "DeliveryService.PreviewAsync", "DeliveryService.SendAgainAsync", "DeliveryService.TryChannelAgainAsync",
            "DeliveryService.TryChannelsAgainAsync",
            "DingTalkChatbotService.TestAsync",
            "FunctionAccessService.CheckAsync", "FunctionAccessService.RefreshAsync",
            "MapAgainService.MapNextAsync", "MapAgainService.MapOneAsync",
            "SourcePollService.PollNowAsync",
            "AcknowledgementService.AcknowledgeAsync", "MuteService.EndAsync", "MuteService.MuteAsync",
            "MaintenanceService.AddAsync", "MaintenanceService.ChangeAsync", "MaintenanceService.EndAsync",
            "PauseService.EndAsync", "PauseService.SnoozeAsync",
            "SampleEventService.SendAsync",
            "SlackTestService.SendAsync",
            "PublishService.PlanAsync",
            "SlackWorkspaceService.CheckAsync", "SlackWorkspaceService.ConnectAgainAsync", "SlackWorkspaceService.ReadPeopleAsync",
            "UnmappedEvents.MapAgainAsync",
        ],
        [Policies.Edit] =
        [
            "ObjectService.ChangeAsync", "ObjectService.CreateAsync", "ObjectService.DeleteAsync",
            "TagService.ChangeAsync", "TagService.CreateAsync", "TagService.DeleteAsync",
            "ChatbotOwnRules.SaveAsync", "SlackOwnRules.SaveAsync", "RuleSetService.DeleteAsync", "RuleSetService.SaveAsync",
            "InhibitionService.DeleteAsync", "InhibitionService.SaveAsync",
            "SourceFormService.SaveAsync", "SourceFormService.SaveMappingAsync",
            "SourceService.ChangeAsync", "SourceService.CreateAsync", "SourceService.DeleteAsync", "SourceService.RotateAsync",
            "AccessChangeService.ApplyAllAsync", "AccessChangeService.ApplyAsync",
            "AssetGroupService.AddAsync", "AssetGroupService.RemoveAsync", "AssetGroupService.RenameAsync",
            "BulkAccessService.ApplyAsync",
            "DingTalkChatbotService.DeleteAsync", "DingTalkChatbotService.SaveAsync", "DingTalkChatbotService.SwitchAsync",
                "DingTalkChatbotService.SetDeliveryAsync", "DingTalkChatbotService.TagAsync",
            "DingTalkChatbotService.TakeTestAsync", "DingTalkChatbotService.TestDraftAsync",
            "FunctionAccessService.AcceptAsync", "FunctionAccessService.AddAsync", "FunctionAccessService.AddUnaskedAsync",
            "FunctionAccessService.RemoveAsync",
            "FunctionAccessService.RenameAsync",
            "FunctionAccessService.ResolveAsync",
            "SlackChannelDirectory.ListAsync",
            "SlackIntegrationService.DeleteAsync", "SlackIntegrationService.SaveAsync", "SlackIntegrationService.SwitchAsync",
                "SlackIntegrationService.SetDeliveryAsync", "SlackIntegrationService.TagAsync",
            "SlackTestService.JoinAsync", "SlackTestService.SendDraftAsync", "SlackTestService.TakeTestAsync",
            "PublishService.AcceptAsync", "PublishService.ApplyAsync", "PublishService.LinkAsync", "PublishService.ListAccountsAsync",
            "PublishService.RemoveAsync", "PublishService.UnlinkAsync",
            "SlackWorkspaceService.DeleteAsync", "SlackWorkspaceService.RemoveAppTokenAsync", "SlackWorkspaceService.RemovePairAsync",
            "SlackWorkspaceService.RenewAsync",
            "SlackWorkspaceService.SaveAsync", "SlackWorkspaceService.SaveUnaskedAsync",
        ],
        [Policies.Administer] =
        [
            "PeopleService.ExportAsync", "PeopleService.FindAsync", "PeopleService.FindOneAsync",
            "MappingVersionService.CompareAsync", "MappingVersionService.ListAsync",
            "ImportService.ImportAsync", "ImportService.PlanAsync",
            "VendorGroupService.PlanAsync", "VendorGroupService.TakeAsync",
            "ConfigService.ApplyAsync", "ConfigService.ExportAsync", "ConfigService.ListFilesAsync", "ConfigService.PlanAsync",
            "ConfigService.ProvisionAsync", "ConfigService.ReadFileAsync",
            "SourceService.PayloadsAsync", "SourceTrialService.TryAsync",
            "AuditRevertService.PlanAsync", "AuditRevertService.RevertAsync",
            "AuditService.ChoicesAsync", "AuditService.CountNewAsync", "AuditService.ExportAsync", "AuditService.FindAsync",
            "AuditService.HoldsAsync",
            "AuditService.ListAsync", "AuditService.RefreshAsync", "AuditService.StatusAsync", "AuditService.VerifyAsync",
            // Of others; one's own keys are open to everybody.
            "KeyService.ListAccessKeysAsync", "KeyService.ListApiKeysAsync",
            "KeyService.ListAsync", "KeyService.RevokeApiKeysAsync",
            "LinkMailService.SendAsync",
            "LostSecretService.ListAsync",
            "PeopleService.ChangeRoleAsync", "PeopleService.CreateLinkAsync", "PeopleService.InviteAsync", "PeopleService.ListAllAsync",
            "PeopleService.ListAsync", "PeopleService.RemoveAsync",
            "PeopleService.ResetTwoFactorAsync", "PeopleService.SetDisabledAsync", "PeopleService.SignOutEverywhereAsync",
            "SettingsService.List", "SettingsService.SaveAsync",
            "PublishService.ListGoneAsync",
            "BulkPublishService.CarryOutAsync", "BulkPublishService.CarryOutUnawaited", "BulkPublishService.ListLastAsync",
            "BulkPublishService.OrderAsync", "BulkPublishService.PlanAsync",
            "VendorAccountService.CheckAsync", "VendorAccountService.DeleteAsync", "VendorAccountService.FindAsync",
            "VendorAccountService.ListAsync", "VendorAccountService.ListEndpoints", "VendorAccountService.ListUsesAsync",
            "VendorAccountService.SaveAsync",
        ],
        [Own] =
        [
            "FormDraftService.DeleteAsync", "FormDraftService.LoadAsync", "FormDraftService.SaveAsync",
            "PersonChoiceService.FindAsync", "PersonChoiceService.SaveAsync",
            "PasswordService.ChangeAsync", "PasswordService.HasPasswordAsync",
            "SessionService.LogOutAsync",
            // Sealed for the person it was made for.
            "TwoFactorService.KeyOf",
            // The actor is only written down: it is the second step of a log-in.
            "TwoFactorCodes.CheckAsync",
            // Each looks only at what the role may see, by the services of its feature; FindService, which asks them, demands to view.
            "DeliveryFinder.FindAsync", "EventFinder.FindAsync", "FunctionFinder.FindAsync", "PageFinder.FindAsync",
            "InhibitionFinder.FindAsync", "PersonFinder.FindAsync", "RuleSetFinder.FindAsync", "SourceFinder.FindAsync",
            // A section of the configuration file: ConfigService, which makes it for one reading, demands to administer, and so does it.
            "AccessListKind.ReadAsync", "AccountKind.ReadAsync", "LinkKind.ReadAsync", "SettingsKind.ListNamedAsync",
            "SettingsKind.PlanAsync", "SettingsKind.ReadAsync",
            // PublishService, which asks them, demands to edit, and so does the chatbots' service that the first one asks.
            "ChatbotPublishing.AcceptAsync", "IntegrationPublishing.AcceptAsync",
            // By operation: below, among the requests.
            "SecurityCenterService.AnswerAsync",
        ],
    };

    /// <summary>Whether a person with <paramref name="role"/> (null: with none) gets past the check.</summary>
    public static bool Admits(string policy, string? role) =>
        policy == Own || (role is not null && Policies.RolesOf[policy].Contains(role));
}
