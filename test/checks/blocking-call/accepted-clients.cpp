// Part of coro-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// RUN: %check_coro %s coro-blocking-call
//
// Database and HTTP clients - what is fine, and why.

#include "task.h"

#include <cstdarg>
#include <cstddef>
#include <cstdio>
#include <map>
#include <memory>
#include <string>
#include <utility>
#include <vector>

using namespace mock;

extern "C" {
// libpq
typedef struct pg_conn PGconn;
typedef struct pg_result PGresult;
typedef enum { PGRES_POLLING_FAILED = 0, PGRES_POLLING_READING, PGRES_POLLING_WRITING, PGRES_POLLING_OK } PostgresPollingStatusType;
PGconn* PQconnectdb(const char* conninfo);
PGconn* PQconnectStart(const char* conninfo);
PostgresPollingStatusType PQconnectPoll(PGconn* conn);
PGresult* PQexec(PGconn* conn, const char* query);
PGresult* PQexecParams(PGconn* conn, const char* command, int nParams, const unsigned* paramTypes,
                       const char* const* paramValues, const int* paramLengths, const int* paramFormats, int resultFormat);
PGresult* PQprepare(PGconn* conn, const char* stmtName, const char* query, int nParams, const unsigned* paramTypes);
int PQsendQuery(PGconn* conn, const char* query);
int PQconsumeInput(PGconn* conn);
int PQisBusy(PGconn* conn);
int PQsetnonblocking(PGconn* conn, int arg);
int PQflush(PGconn* conn);
PGresult* PQgetResult(PGconn* conn);
int PQntuples(const PGresult* res);
char* PQgetvalue(const PGresult* res, int tup_num, int field_num);
void PQclear(PGresult* res);
void PQfinish(PGconn* conn);
int PQsocket(const PGconn* conn);
// libcurl
typedef void CURL;
typedef void CURLM;
typedef int CURLcode;
typedef int CURLMcode;
typedef int CURLoption;
struct curl_waitfd;
CURL* curl_easy_init(void);
CURLcode curl_easy_setopt(CURL* curl, CURLoption option, ...);
CURLcode curl_easy_perform(CURL* curl);
CURLcode curl_easy_getinfo(CURL* curl, int info, ...);
void curl_easy_cleanup(CURL* curl);
CURLMcode curl_multi_add_handle(CURLM* multi, CURL* curl);
CURLMcode curl_multi_perform(CURLM* multi, int* running);
CURLMcode curl_multi_socket_action(CURLM* multi, int s, int ev_bitmask, int* running);
CURLMcode curl_multi_wait(CURLM* multi, struct curl_waitfd* fds, unsigned int n, int timeout_ms, int* numfds);
CURLMcode curl_multi_poll(CURLM* multi, struct curl_waitfd* fds, unsigned int n, int timeout_ms, int* numfds);
char* curl_easy_escape(CURL* curl, const char* string, int length);
// SQLite
typedef struct sqlite3 sqlite3;
typedef struct sqlite3_stmt sqlite3_stmt;
int sqlite3_exec(sqlite3*, const char* sql, int (*callback)(void*, int, char**, char**), void*, char** errmsg);
int sqlite3_step(sqlite3_stmt*);
int sqlite3_bind_int(sqlite3_stmt*, int, int);
int sqlite3_column_int(sqlite3_stmt*, int iCol);
int sqlite3_reset(sqlite3_stmt*);
int sqlite3_changes(sqlite3*);
const char* sqlite3_errmsg(sqlite3*);
// hiredis
typedef struct redisContext redisContext;
typedef struct redisAsyncContext redisAsyncContext;
typedef void(redisCallbackFn)(redisAsyncContext*, void*, void*);
redisContext* redisConnect(const char* ip, int port);
redisAsyncContext* redisAsyncConnect(const char* ip, int port);
void* redisCommand(redisContext* c, const char* format, ...);
int redisAppendCommand(redisContext* c, const char* format, ...);
int redisGetReply(redisContext* c, void** reply);
int redisAsyncCommand(redisAsyncContext* ac, redisCallbackFn* fn, void* privdata, const char* format, ...);
void freeReplyObject(void* reply);
// MySQL
typedef struct MYSQL MYSQL;
typedef struct MYSQL_RES MYSQL_RES;
MYSQL* mysql_real_connect(MYSQL* mysql, const char* host, const char* user, const char* passwd, const char* db,
                          unsigned int port, const char* unix_socket, unsigned long clientflag);
int mysql_query(MYSQL* mysql, const char* q);
int mysql_ping(MYSQL* mysql);
MYSQL_RES* mysql_store_result(MYSQL* mysql);
unsigned long mysql_real_escape_string(MYSQL* mysql, char* to, const char* from, unsigned long length);
unsigned int mysql_errno(MYSQL* mysql);
// ZeroMQ
int zmq_send(void* s, const void* buf, size_t len, int flags);
int zmq_recv(void* s, void* buf, size_t len, int flags);
}
#define CURLOPT_URL 10002
#define CURLOPT_TIMEOUT_MS 155
#define CURLINFO_RESPONSE_CODE 0x200002
#define SQLITE_ROW 100
#define SQLITE_DONE 101
#define ZMQ_DONTWAIT 1
#define ZMQ_SNDMORE 2

extern ThreadPool workers;
Task<> readable(int fd);
Task<> writable(int fd);

// Fine because libpq's non-blocking calls are used with awaited readiness
namespace pq_async {
struct Repo {
    PGconn* db = nullptr;
    Task<> connect(std::string dsn) {
        db = PQconnectStart(dsn.c_str());
        for (;;) {
            switch (PQconnectPoll(db)) {
                case PGRES_POLLING_READING: co_await readable(PQsocket(db)); break;
                case PGRES_POLLING_WRITING: co_await writable(PQsocket(db)); break;
                default: PQsetnonblocking(db, 1); co_return;
            }
        }
    }
    Task<> begin(std::string sql) {
        PQsendQuery(db, sql.c_str());
        while (PQflush(db) == 1) co_await writable(PQsocket(db));
    }
};
}  // namespace pq_async

// Fine because curl_multi_perform and a zero wait return at once
namespace curl_multi {
struct Client {
    CURLM* multi = nullptr;
    Task<> transfer(std::string url) {
        CURL* c = curl_easy_init();
        curl_easy_setopt(c, CURLOPT_URL, url.c_str());
        curl_multi_add_handle(multi, c);
        int running = 1;
        while (running) {
            curl_multi_perform(multi, &running);
            int n = 0;
            curl_multi_wait(multi, nullptr, 0, 0, &n);
            co_await resume_after(std::chrono::milliseconds(2));
        }
        curl_easy_cleanup(c);
    }
};
}  // namespace curl_multi

// Fine because binding, columns, changes and messages are in memory
namespace sqlite_bookkeeping {
struct Store {
    sqlite3* db = nullptr;
    sqlite3_stmt* stmt = nullptr;
    Task<> step_on_pool();
    Task<int> first() {
        sqlite3_bind_int(stmt, 1, 42);
        co_await step_on_pool();
        std::string m = sqlite3_errmsg(db);
        co_return m.empty() ? sqlite3_changes(db) : sqlite3_column_int(stmt, 0);
    }
};
}  // namespace sqlite_bookkeeping

// Fine because escaping and error numbers are local
namespace mysql_local {
struct Quoter {
    MYSQL* my = nullptr;
    Task<std::string> input();
    Task<std::string> quoted() {
        std::string in = co_await input();
        std::string out(in.size() * 2 + 1, '\0');
        out.resize(mysql_real_escape_string(my, out.data(), in.data(), in.size()));
        co_return mysql_errno(my) ? std::string() : out;
    }
};
}  // namespace mysql_local

// Fine because the project's own exec queues, whatever its name
namespace own_exec {
struct Db {
    std::vector<std::string> queue;
    void exec(std::string sql) { queue.push_back(std::move(sql)); }
    int step() { return static_cast<int>(queue.size()); }
    Task<> flush();
};
struct Service {
    Db db;
    Task<int> run() {
        db.exec("INSERT INTO t VALUES (1)");
        co_await db.flush();
        co_return db.step();
    }
};
}  // namespace own_exec

// Fine because the query runs on the pool
namespace query_on_pool {
struct Repo {
    PGconn* db = nullptr;
    int count_now() {
        PGresult* r = PQexec(db, "SELECT 1");
        int n = PQntuples(r);
        PQclear(r);
        return n;
    }
    Task<int> count() {
        int n = co_await workers.run([this] { return count_now(); });
        co_return n;
    }
    Task<int> count_two() {
        int n = co_await workers.run([c = db] { return PQntuples(PQexec(c, "SELECT 2")); });
        co_return n;
    }
};
}  // namespace query_on_pool
