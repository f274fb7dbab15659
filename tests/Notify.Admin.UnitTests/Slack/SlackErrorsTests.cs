using System.Text.RegularExpressions;
using Notify.Admin.Channels;
using Notify.Admin.Slack;

namespace Notify.Admin.UnitTests.Slack;

public partial class SlackErrorsTests
{
    private static readonly Dictionary<FailureKind, string[]> Table = new()
    {
        [FailureKind.ChannelPermanent] =
        [
            "not_authed", "invalid_auth", "account_inactive", "token_revoked", "token_expired", "not_allowed_token_type",
            "token_malformed", "token_unreadable",
            "missing_scope", "no_permission", "access_denied", "accesslimited", "ekm_access_denied", "enterprise_is_restricted", "is_bot",
            "org_login_required", "two_factor_setup_required", "team_access_not_granted", "app_access_restricted", "messages_tab_disabled",
            "restricted_action", "restricted_action_read_only_channel", "restricted_action_thread_only_channel",
            "restricted_action_non_threadable_channel", "restricted_action_thread_locked",
            "channel_not_found", "not_in_channel", "is_archived", "channel_is_limited_access", "method_not_supported_for_channel_type",
            "too_many_members", "team_not_found",
            "method_deprecated", "deprecated_endpoint", "unknown_method",
        ],
        [FailureKind.EarlierGone] =
        [
            "message_not_found", "cant_update_message", "edit_window_closed", "is_inactive", "thread_not_found", "cannot_reply_to_message",
        ],
        [FailureKind.MessagePermanent] =
        [
            "no_text", "invalid_blocks", "invalid_blocks_format", "msg_blocks_too_long", "msg_too_long", "too_many_attachments",
            "markdown_text_conflict", "slack_connect_canvas_sharing_blocked", "slack_connect_file_link_sharing_blocked",
            "slack_connect_lists_sharing_blocked",
            "invalid_arguments", "invalid_arg_name", "invalid_array_arg", "invalid_charset", "invalid_form_data", "invalid_post_type",
            "missing_post_type", "invalid_json", "json_not_object", "missing_argument", "invalid_cursor", "invalid_limit", "limit_required",
            "invalid_types",
            "user_not_found", "users_not_found", "user_not_visible", "too_many_users",
        ],
        [FailureKind.Transient] =
        [
            "ratelimited", "rate_limited", "message_limit_exceeded", "internal_error", "fatal_error", "service_unavailable",
            "team_added_to_org", "request_timeout",
            "timeout", "connection_failed", "connection_reset", "unreadable_answer", "http_500", "http_502", "http_503", "http_504",
        ],
    };

    public static TheoryData<string, FailureKind> KnownCodes =>
        new(Table.SelectMany(row => row.Value.Select(code => (code, row.Key))));

    public static TheoryData<string, string> KnownCodesInBothLanguages =>
        new(Table.SelectMany(row => row.Value).Append("http_404").Append("http_302").Append("a_code_of_tomorrow")
            .SelectMany(code => SlackTexts.Languages.Select(language => (code, language))));

    [Theory]
    [InlineData("ratelimited")]
    [InlineData("rate_limited")]
    [InlineData("rate_limited_by_workspace")]
    [InlineData("too_many_requests")]
    public void Judge_EverySpellingOfThrottled_IsTransientAndKnown(string code) =>
        SlackErrors.Judge(code).ShouldBe(SlackVerdict.Known(FailureKind.Transient));

    [Theory]
    [InlineData("user_not_found", 422)]
    [InlineData("invalid_named_entities", 422)]
    [InlineData("token_revoked", 422)]
    [InlineData("never_heard_of_it", 422)]
    [InlineData("ratelimited", 502)]
    [InlineData("fatal_error", 502)]
    [InlineData("connection_failed", 502)]
    [InlineData("unreadable_answer", 502)]
    [InlineData("http_503", 502)]
    [InlineData("http_404", 502)]
    [InlineData("timeout", 504)]
    public void StatusOf_ACodeThatIsPassedOn_SaysWhoseItIsToMend(string code, int status) => SlackErrors.StatusOf(code).ShouldBe(status);

    [Theory]
    [MemberData(nameof(KnownCodes))]
    public void Judge_KnownCode_HasItsKind(string code, FailureKind kind) =>
        SlackErrors.Judge(code).ShouldBe(new SlackVerdict(kind, IsKnown: true));

    [Theory]
    [InlineData("a_code_of_tomorrow")]
    [InlineData("NOT_IN_CHANNEL")]
    [InlineData("http_404")]
    [InlineData("http_302")]
    [InlineData("http_5xx")]
    [InlineData("http_50")]
    [InlineData("")]
    public void Judge_UnknownCode_IsTransientAndMarked(string code) =>
        SlackErrors.Judge(code).ShouldBe(new SlackVerdict(FailureKind.Transient, IsKnown: false));

    [Theory]
    [MemberData(nameof(KnownCodesInBothLanguages))]
    public void Explain_EveryCode_HasMeaningAndMendInEachLanguage(string code, string language)
    {
        var explanation = SlackTexts.In(language, () => SlackErrors.Explain(SlackTexts.Localizer, code, detail: null));

        foreach (var sentence in (string[])[explanation.Meaning, explanation.Mend])
        {
            sentence.ShouldNotStartWith("Error.");
            sentence.ShouldEndWith(language == "en" ? "." : "。");
            sentence.ShouldNotContain("{");
            sentence.ShouldNotContain("!");
            HanCharacter().IsMatch(sentence).ShouldBe(language == "zh-CN", sentence);
        }
    }

    [Fact]
    public void Explain_EveryTextInTheResources_BelongsToAKnownCode()
    {
        var codes = SlackTexts.Localizer.GetAllStrings(includeParentCultures: true).Select(text => text.Name)
            .Where(name => name.StartsWith("Error.", StringComparison.Ordinal))
            .Select(name => name.Split('.')[1])
            .Except(["unknown", "http_5xx", "http_other"]);

        codes.ShouldAllBe(code => SlackErrors.Judge(code).IsKnown);
    }

    [Fact]
    public void Explain_MissingScope_NamesTheScope()
    {
        var explanation = SlackErrors.Explain(SlackTexts.Localizer, "missing_scope",
            "needed: chat:write; provided: channels:read,users:read");

        explanation.Mend.ShouldContain("chat:write");
        explanation.Mend.ShouldNotContain("users:read");
    }

    [Fact]
    public void Explain_UnknownCode_ShowsIt() =>
        SlackErrors.Explain(SlackTexts.Localizer, "a_code_of_{0}_tomorrow", null).Meaning.ShouldContain("a_code_of_{0}_tomorrow");

    [Fact]
    public void Explain_ServerFault_ShowsTheStatus() =>
        SlackErrors.Explain(SlackTexts.Localizer, "http_502", null).Meaning.ShouldContain("http_502");

    [GeneratedRegex(@"\p{IsCJKUnifiedIdeographs}")]
    private static partial Regex HanCharacter();
}
